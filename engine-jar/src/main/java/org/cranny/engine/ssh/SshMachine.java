package org.cranny.engine.ssh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * A machine that is reached by SSH, for one act. Only the given key or password is offered; no agent, no configuration
 * and no keys of this account are used.
 */
public final class SshMachine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_WORDS = 4_000;
    private static final int MOST_UNANSWERED = 3;

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

    /** @throws HostKeyException when the host key is another one @throws IOException with a sentence, when the login is refused */
    public static SshMachine connect(SshAddress address, HostKey hostKey, Login login) throws IOException {
        Set<String> tried = Set.of();
        while (true) {
            try {
                return connect(address, hostKey, login, tried);
            } catch (IOException e) {
                // A machine has keys of several kinds and shows one: the one that is known may be of another kind.
                if (hostKey.refusedKinds().equals(tried)) {
                    throw refusal(address, hostKey, e);
                }
                tried = hostKey.refusedKinds();
            }
        }
    }

    private static SshMachine connect(SshAddress address, HostKey hostKey, Login login, Set<String> otherThan)
            throws IOException {
        SshClient client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(hostKey.verifier());
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, PATIENCE);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, MOST_UNANSWERED);
        List<NamedFactory<Signature>> kinds = client.getSignatureFactories();
        client.setUserAuthFactories(List.of(
                new UserAuthPublicKeyFactory(kinds),
                UserAuthKeyboardInteractiveFactory.INSTANCE,
                UserAuthPasswordFactory.INSTANCE));
        client.setSignatureFactories(
                kinds.stream().filter(kind -> !isOne(kind.getName(), otherThan)).toList());
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
        } finally {
            if (!open) {
                client.stop();
            }
        }
    }

    /** Keys of the kind {@code ssh-rsa} sign in several ways, {@code rsa-sha2-256} among them. */
    private static boolean isOne(String signature, Set<String> keys) {
        return keys.stream()
                .anyMatch(key -> signature.equals(key) || key.equals("ssh-rsa") && signature.startsWith("rsa-"));
    }

    private static IOException refusal(SshAddress address, HostKey hostKey, IOException e) {
        if (!hostKey.refused().isEmpty()) {
            return new HostKeyException(address, hostKey.refused(), e);
        }
        if (Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(UnresolvedAddressException.class::isInstance)) {
            return new IOException("no address is known for " + address.host() + ". Check how it is written.", e);
        }
        // The library names its own future in front of what happened.
        String what = e.getCause() instanceof IOException cause && cause.getMessage() != null
                ? cause.getMessage()
                : e.getMessage();
        return new IOException(
                "SSH to " + address + " failed: " + what + ". Check the address, the account and the key or password.",
                e);
    }

    private static void identify(ClientSession session, Login login) throws IOException {
        if (login.key() == null) {
            session.addPasswordIdentity(login.password());
            return;
        }
        FilePasswordProvider password =
                login.password() == null ? FilePasswordProvider.EMPTY : FilePasswordProvider.of(login.password());
        try (InputStream in = new ByteArrayInputStream(login.key().getBytes(StandardCharsets.US_ASCII))) {
            Iterable<KeyPair> pairs =
                    SecurityUtils.loadKeyPairIdentities(session, NamedResource.ofName("the key"), in, password);
            if (pairs == null || !pairs.iterator().hasNext()) {
                throw new IOException("what was given as key is no private key");
            }
            for (KeyPair pair : pairs) {
                session.addPublicKeyIdentity(pair);
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the private key cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Runs a command that reads what is fed to it, to its end, however long that takes.
     *
     * @throws IOException when it fails, with what it said
     */
    public void run(String command, Feed feed) throws IOException {
        run(command, feed, Duration.ZERO);
    }

    /**
     * Runs a command that reads what is fed to it, to its end.
     *
     * @param most how long it may take; zero for however long
     * @return the first {@value #MOST_WORDS} octets of what it said
     * @throws IOException when it fails, with what it complained about, when it takes longer, or what the feed throws
     */
    public String run(String command, Feed feed, Duration most) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(bounded(said));
            channel.setErr(bounded(words));
            channel.open().verify(PATIENCE);
            IOException broken = null;
            Fed fed = new Fed(channel.getInvertedIn());
            try (fed) {
                feed.writeTo(fed);
            } catch (IOException e) {
                broken = e;
            }
            if (broken != null && !fed.refused) {
                channel.close(true);
                throw broken;
            }
            if (broken != null && channel.isOpen() && channel.getExitStatus() == null) {
                channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE.toMillis());
            }
            if (broken != null && channel.isOpen() && channel.getExitStatus() == null) {
                channel.close(true);
                throw broken;
            }
            if (channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), most.toMillis())
                    .contains(ClientChannelEvent.TIMEOUT)) {
                channel.close(true);
                throw new IOException(
                        "The command on " + address + " did not end within " + most.toSeconds() + " seconds.");
            }
            Integer status = channel.getExitStatus();
            if (broken != null || status == null || status != 0) {
                throw failure(status, words, broken);
            }
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private IOException failure(Integer status, ByteArrayOutputStream words, IOException broken) {
        String said = words.toString(StandardCharsets.UTF_8).strip();
        String last = said.isEmpty() && broken != null ? String.valueOf(broken.getMessage()) : said;
        return new CommandFailedException(
                last,
                "The command on " + address + " ended with " + (status == null ? "no status" : status) + ": " + last,
                broken);
    }

    /** What goes to the command, which may take no more: that says less than what the command says of it. */
    private static final class Fed extends FilterOutputStream {
        private boolean refused;

        Fed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            attempt(() -> out.write(octets, offset, length));
        }

        @Override
        public void flush() throws IOException {
            attempt(out::flush);
        }

        @Override
        public void close() throws IOException {
            attempt(out::close);
        }

        private void attempt(Act act) throws IOException {
            try {
                act.carryOut();
            } catch (IOException e) {
                refused = true;
                throw e;
            }
        }

        private interface Act {
            void carryOut() throws IOException;
        }
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
