package org.cranny.client.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.cranny.client.central.Rehearsal;
import org.cranny.engine.keys.KeyRing;
import org.cranny.protocol.id.SystemId;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.signing.Signed;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * Loads what commands use, so that {@code bin/cranny} can keep the loaded classes in an archive from which later
 * processes start faster. Speaks to nobody and changes nothing.
 */
@Command(name = "warm-up", hidden = true, description = "Load all classes; bin/cranny archives them.")
final class WarmUpCommand implements Callable<Integer> {
    private static final String CLASS = ".class";

    @ParentCommand
    private Cranny cranny;

    @Override
    public Integer call() throws IOException {
        int loaded = 0;
        for (Class<?> part : List.of(Main.class, KeyRing.class, SystemId.class)) {
            loaded += loadAll(jarOf(part));
        }
        Rehearsal.callNobody();
        useCiphers();
        cranny.say(loaded + " classes loaded");
        return ExitCode.DONE.number();
    }

    /** The same as opening an identity, a manifest and a label needs, with keys that are thrown away. */
    private static void useCiphers() throws IOException {
        char[] password = "thrown away".toCharArray();
        byte[] octets = new byte[32];
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry("key", new SecretKeySpec(octets, "AES"), password, null);
            ByteArrayOutputStream stored = new ByteArrayOutputStream();
            store.store(stored, password);
            store.load(new ByteArrayInputStream(stored.toByteArray()), password);
            store.getKey("key", password);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair ec = generator.generateKeyPair();
            Signed.sign(octets, Signed.Algorithm.ECDSA_P256, ec.getPrivate())
                    .open(Signed.Algorithm.ECDSA_P256, ec.getPublic());
            KeyPair ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Signed.sign(octets, Signed.Algorithm.ED25519, ed.getPrivate())
                    .open(Signed.Algorithm.ED25519, ed.getPublic());
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(octets, "AES"), new GCMParameterSpec(128, new byte[12]));
            cipher.doFinal(octets);
        } catch (GeneralSecurityException | MalformedException e) {
            throw new IOException("This Java lacks a cipher: " + e.getMessage() + ". Use another Java.", e);
        }
    }

    private static Path jarOf(Class<?> part) {
        return Path.of(URI.create(
                part.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static int loadAll(Path jar) throws IOException {
        if (!jar.toString().endsWith(".jar")) {
            return 0;
        }
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(CLASS) && !name.contains("package-info"))
                    .forEach(names::add);
        }
        for (String name : names) {
            load(name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
        }
        return names.size();
    }

    private static void load(String name) throws IOException {
        try {
            Class.forName(name, false, Main.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IOException("The class " + name + " cannot be loaded. Build Cranny again.", e);
        }
    }
}
