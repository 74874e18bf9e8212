package org.cranny.daemon.launch;

import java.lang.reflect.InvocationTargetException;
import java.security.Security;

/**
 * Starts the server as its own main class would, with {@link RenewingKeys} in it: the server reads its key store once,
 * and a daemon runs for longer than a certificate is good. Stands on the class path of the process, below the
 * application, and knows nothing but Java.
 */
public final class Launch {
    private static final String SERVER = "fish.payara.micro.impl.PayaraMicroImpl";

    private Launch() {}

    /** @param arguments the server's own */
    public static void main(String[] arguments) throws Throwable {
        Security.insertProviderAt(new RenewingKeys(), 1);
        try {
            Class.forName(SERVER).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
