package org.cranny.client.cli.admin;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Progress;

/**
 * Takes the archive of a recovery from central, and believes that it is whole only when central says so and length and
 * digest are those that came.
 */
final class ArchiveStream {
    private static final int BUFFER = 256 << 10;
    private static final int POLL_MILLIS = 1_000;

    private final Common common;
    private final PeoplesCentral central;
    private final String path;

    ArchiveStream(Common common, PeoplesCentral central, JsonObject recovery) {
        this.common = common;
        this.central = central;
        this.path = "recoveries/" + recovery.getJsonNumber("id");
    }

    /** @return the recovery as it ended */
    JsonObject into(OutputStream out) throws IOException {
        MessageDigest sha256 = sha256();
        long octets = 0;
        try (Progress progress = common.progress("Recovering")) {
            Thread watch = watch(progress);
            IOException broken = null;
            try (InputStream in = central.stream(path + "/archive")) {
                byte[] buffer = new byte[BUFFER];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    out.write(buffer, 0, count);
                    sha256.update(buffer, 0, count);
                    octets += count;
                }
                out.flush();
            } catch (IOException e) {
                broken = e;
            } finally {
                watch.interrupt();
            }
            JsonObject report = report(broken);
            report.getJsonArray("problems")
                    .getValuesAs(JsonString.class)
                    .forEach(line -> progress.warning((String) null, line.getString()));
            requireWhole(report, octets, HexFormat.of().formatHex(sha256.digest()), broken);
            return report;
        }
    }

    private JsonObject report(IOException broken) throws IOException {
        try {
            return central.get(path).asJsonObject();
        } catch (IOException e) {
            throw broken == null ? e : broken;
        }
    }

    private static void requireWhole(JsonObject report, long octets, String digest, IOException broken)
            throws IOException {
        boolean whole = broken == null
                && digest.equals(report.getString("digest", null))
                && octets == report.getJsonNumber("octets").longValue();
        if (!whole) {
            String reason = report.getString("reason", broken == null ? "octets are missing" : broken.getMessage());
            throw new IOException(
                    "The archive broke off (" + reason + "). What came is not whole; run the same command again.",
                    broken);
        }
    }

    /** Shows what central says of its progress while octets come. */
    private Thread watch(Progress progress) {
        Thread thread = new Thread(() -> follow(progress), "recovery-progress");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void follow(Progress progress) {
        long files = 0;
        long bytes = 0;
        try {
            while (true) {
                Thread.sleep(POLL_MILLIS);
                JsonObject now = central.get(path).asJsonObject();
                progress.total(
                        now.getJsonNumber("filesTotal").longValue(),
                        now.getJsonNumber("bytesTotal").longValue());
                long nowFiles = now.getJsonNumber("files").longValue();
                long nowBytes = now.getJsonNumber("bytes").longValue();
                progress.done(nowFiles - files, nowBytes - bytes);
                files = nowFiles;
                bytes = nowBytes;
            }
        } catch (InterruptedException | IOException | RuntimeException over) {
            return;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
