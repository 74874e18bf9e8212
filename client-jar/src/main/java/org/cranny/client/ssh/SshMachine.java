package org.cranny.client.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * A machine that is reached by SSH, for one act. Only the given key or password is offered; no agent, no configuration
 * and no keys of this account are used.
 */
public final class SshMachine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_WORDS = 4_000;

    private final SshAddress address;
    private final SshClient client;
    private final ClientSession session;

    private SshMachine(SshAddress address, SshClient client, ClientSession session) {
        this.address = address;
        this.client = client;
        this.session = session;
    }

    /** Writes what a command reads. */
    @FunctionalInterface
    public interface Feed {
        void writeTo(OutputStream in) throws IOException;
    }

    /** @throws IOException with a sentence, when the host key is another one, or the login is refused */
    public static SshMachine connect(SshAddress address, HostKey hostKey, Login login) throws IOException {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(hostKey.verifier());
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        client.start();
        boolean open = false;
        try {
            ClientSession session = client.connect(address.user(), address.host(), address.port())
                    .verify(PATIENCE)
                    .getSession();
            identify(session, login);
            session.auth().verify(PATIENCE);
            open = true;
            return new SshMachine(address, client, session);
        } catch (IOException e) {
            throw refusal(address, hostKey, e);
        } finally {
            if (!open) {
                client.stop();
            }
        }
    }

    private static IOException refusal(SshAddress address, HostKey hostKey, IOException e) {
        if (hostKey.refused() != null) {
            return new IOException(
                    "The machine at " + address + " has another host key than the one given: " + hostKey.refused()
                            + ". Nothing was sent; ask its owner which one is right.",
                    e);
        }
        return new IOException(
                "SSH to " + address + " failed: " + e.getMessage()
                        + ". Check the address, the account and the key or password.",
                e);
    }

    private static void identify(ClientSession session, Login login) throws IOException {
        if (login.keyFile() == null) {
            session.addPasswordIdentity(login.password());
            return;
        }
        FilePasswordProvider password =
                login.password() == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(login.password());
        try (InputStream in = Files.newInputStream(login.keyFile())) {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    session, NamedResource.ofName(login.keyFile().toString()), in, password);
            if (pairs == null || !pairs.iterator().hasNext()) {
                throw new IOException("the file " + login.keyFile() + " holds no private key");
            }
            for (KeyPair pair : pairs) {
                session.addPublicKeyIdentity(pair);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the key in " + login.keyFile() + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Runs a command that reads what is fed to it, to its end.
     *
     * @throws IOException when it fails, with what it said
     */
    public void run(String command, Feed feed) throws IOException {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(OutputStream.nullOutputStream());
            channel.setErr(bounded(words));
            channel.open().verify(PATIENCE);
            IOException broken = null;
            try (OutputStream in = channel.getInvertedIn()) {
                feed.writeTo(in);
            } catch (IOException e) {
                broken = e;
            }
            if (broken != null && channel.isOpen() && channel.getExitStatus() == null) {
                channel.close(true);
                throw broken;
            }
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), 0L);
            Integer status = channel.getExitStatus();
            if (broken != null || status == null || status != 0) {
                throw failure(status, words, broken);
            }
        }
    }

    private IOException failure(Integer status, ByteArrayOutputStream words, IOException broken) {
        String said = words.toString(StandardCharsets.UTF_8).strip();
        String last = said.isEmpty() && broken != null ? String.valueOf(broken.getMessage()) : said;
        return new IOException(
                "The command on " + address + " ended with " + (status == null ? "no status" : status) + ": " + last,
                broken);
    }

    private static OutputStream bounded(ByteArrayOutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                if (out.size() < MOST_WORDS) {
                    out.write(octet);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        try (client) {
            session.close(false);
        }
    }
}
