package org.cranny.daemon.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.Security;

/**
 * Starts the server as its own main class would, with {@link RenewingKeys} and {@link RenewingTrust} in it: the server
 * reads its stores once, and a daemon runs for longer than a certificate is good and serves realms that are added
 * meanwhile. Stands on the class path of the process, below the
 * application, and knows nothing but Java.
 */
public final class Launch {
    /** The identity file: the key store that the process was started with; the server names a copy of it later. */
    static final String IDENTITY = "cranny.daemon.identity";

    private static final String SERVER = "fish.payara.micro.impl.PayaraMicroImpl";

    private Launch() {}

    /** Runs the server until it ends. @param arguments the server's own */
    public static void main(String[] arguments) throws Throwable {
        if (!canListen(System.getProperty("cranny.daemon.address"), Integer.getInteger("cranny.daemon.port", 0))) {
            System.exit(1);
        }
        System.setProperty(IDENTITY, System.getProperty("javax.net.ssl.keyStore"));
        Security.insertProviderAt(new RenewingKeys(), 1);
        Security.insertProviderAt(
                new RenewingTrust(
                        Path.of(System.getProperty("javax.net.ssl.trustStore", "")),
                        System.getProperty("javax.net.ssl.trustStorePassword", "")
                                .toCharArray()),
                1);
        try {
            Class.forName(SERVER).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The server itself would run on without its listener. */
    private static boolean canListen(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            System.err.println("cranny-daemon: it cannot listen at " + host + ":" + port + " (" + e.getMessage()
                    + "). Stop what else answers there, or enroll with another --address.");
            return false;
        }
    }
}
