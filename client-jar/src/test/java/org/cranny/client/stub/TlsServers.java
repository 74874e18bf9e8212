package org.cranny.client.stub;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.cranny.protocol.tls.MachineIdentity;
import org.cranny.protocol.tls.MutualTls;

/** HTTPS listeners on loopback with a machine's certificate. */
public final class TlsServers {
    private TlsServers() {}

    /** @param certificates whether callers must show one of the same realm */
    public static HttpsServer listen(MachineIdentity server, boolean certificates, HttpHandler handler)
            throws Exception {
        HttpsServer listener = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        SSLContext context = MutualTls.context(server, system -> true);
        listener.setHttpsConfigurator(new Configurator(context, certificates));
        listener.createContext("/", handler);
        listener.setExecutor(Executors.newCachedThreadPool(TlsServers::daemonThread));
        listener.start();
        return listener;
    }

    private static Thread daemonThread(Runnable task) {
        Thread thread = new Thread(task, "stub");
        thread.setDaemon(true);
        return thread;
    }

    private static final class Configurator extends HttpsConfigurator {
        private final boolean certificates;

        Configurator(SSLContext context, boolean certificates) {
            super(context);
            this.certificates = certificates;
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(certificates);
            tls.setProtocols(new String[] {"TLSv1.3"});
            parameters.setSSLParameters(tls);
        }
    }
}
