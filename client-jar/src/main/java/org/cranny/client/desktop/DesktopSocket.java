package org.cranny.client.desktop;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;

/**
 * The agent's door for the one desktop user who owns its machine: a Unix domain socket. Who knocks is known from the
 * kernel ({@code SO_PEERCRED}), not from what they say; nobody but this user, and the agent's own, is heard. What they may
 * ask is what {@link DesktopAnswers} answers.
 *
 * <p>A connection is one question: a line, an object in JSON, and its answer in lines, of which the last has {@code done}
 * or {@code failed}. Questions for files are the exception: several of them have one connection, for whose life the
 * backups are open, and content is octets between lines that say how many. A question whose asker hangs up is not worked
 * at any more.
 */
public final class DesktopSocket implements AutoCloseable {
    /** Where the agent's unit lets it lie; the folder belongs to root. */
    public static final Path USUAL = Path.of("/run/cranny/agent.sock");

    private static final int MOST_AT_ONCE = 8;

    private final ServerSocketChannel door;
    private final Path file;
    private final UserPrincipal owner;
    private final UserPrincipal self;
    private final DesktopAnswers answers;
    private final Consumer<String> log;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    private DesktopSocket(
            ServerSocketChannel door,
            Path file,
            UserPrincipal owner,
            UserPrincipal self,
            DesktopAnswers answers,
            Consumer<String> log) {
        this.door = door;
        this.file = file;
        this.owner = owner;
        this.self = self;
        this.answers = answers;
        this.log = log;
    }

    /**
     * Begins to listen.
     *
     * @param file in a folder in which nobody else may write
     * @param owner name of the user who is answered
     * @param log hears, a line each, who was turned away
     * @throws IOException also when there is no such user
     */
    public static DesktopSocket open(Path file, String owner, DesktopAnswers answers, Consumer<String> log)
            throws IOException {
        UserPrincipal user;
        try {
            user = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException(
                    "There is no user '" + owner + "' on this machine who could own it. Correct --owner, or"
                            + " CRANNY_OWNER in /etc/cranny/agent.conf.",
                    e);
        }
        Files.deleteIfExists(file);
        ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            door.bind(UnixDomainSocketAddress.of(file));
            UserPrincipal self = Files.getOwner(file);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            DesktopSocket socket = new DesktopSocket(door, file, user, self, answers, log);
            Thread listening = new Thread(socket::listen, "desktop");
            listening.setDaemon(true);
            listening.start();
            return socket;
        } catch (IOException e) {
            door.close();
            throw e;
        }
    }

    private void listen() {
        while (door.isOpen()) {
            try {
                receive(door.accept());
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException trouble) {
                log.accept(String.valueOf(trouble.getMessage()));
            }
        }
    }

    private void receive(SocketChannel caller) throws IOException {
        UserPrincipal user = caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        if (!user.equals(owner) && !user.equals(self)) {
            log.accept("turned " + user.getName() + " away");
            caller.close();
            return;
        }
        if (!room.tryAcquire()) {
            caller.close();
            return;
        }
        Thread answering = new Thread(() -> answer(caller, user), "desktop-answer");
        answering.setDaemon(true);
        answering.start();
    }

    private void answer(SocketChannel caller, UserPrincipal user) {
        try (caller;
                InputStream in = new BufferedInputStream(Channels.newInputStream(caller));
                Questions questions = new Questions(in, Thread.currentThread())) {
            answers.answer(questions, user, new Lines(caller));
        } catch (IOException gone) {
            // Nobody is there to be told.
        } finally {
            room.release();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        Files.deleteIfExists(file);
    }
}
