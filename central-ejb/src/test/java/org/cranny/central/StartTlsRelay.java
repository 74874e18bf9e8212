package org.cranny.central;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that takes nothing in clear but STARTTLS, and hands what comes encrypted to another one. */
final class StartTlsRelay implements Closeable {
    final List<String> inClear = new CopyOnWriteArrayList<>();
    private final ServerSocket listener = new ServerSocket();
    private final SSLContext tls;
    private final int behind;

    /** @param address of this machine @param behind port of a mail server without encryption */
    StartTlsRelay(String address, SSLContext tls, int behind) throws IOException {
        listener.bind(new InetSocketAddress(address, 0));
        this.tls = tls;
        this.behind = behind;
        daemon(() -> {
            while (true) {
                Socket caller = listener.accept();
                daemon(() -> serve(caller));
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket caller) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII), 1);
        OutputStream out = caller.getOutputStream();
        say(out, "220 relay");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String word = line.toUpperCase(Locale.ROOT);
            inClear.add(word);
            if (word.startsWith("EHLO")) {
                say(out, "250-relay\r\n250 STARTTLS");
            } else if (word.equals("STARTTLS")) {
                say(out, "220 go ahead");
                encrypted(caller);
                return;
            } else {
                say(out, "530 STARTTLS first");
            }
        }
    }

    private void encrypted(Socket caller) throws IOException {
        SSLSocket inside = (SSLSocket) tls.getSocketFactory().createSocket(caller, null, true);
        inside.setUseClientMode(false);
        inside.startHandshake();
        Socket mail = new Socket(InetAddress.getLoopbackAddress(), behind);
        InputStream answers = mail.getInputStream();
        while (answers.read() != '\n') {
            // its greeting was given already
        }
        daemon(() -> answers.transferTo(inside.getOutputStream()));
        inside.getInputStream().transferTo(mail.getOutputStream());
        mail.close();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
