package org.cranny.web.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file as an answer: all of it, or the one range {@code bytes=FIRST-LAST}, {@code bytes=FIRST-} or {@code bytes=-LAST_N} (RFC 9110). */
final class FileAnswer {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private FileAnswer() {}

    static Response.ResponseBuilder of(Path file, String range) throws IOException {
        long length = Files.size(file);
        Matcher asked = RANGE.matcher(range == null ? "" : range.strip());
        if (!asked.matches() || asked.group(1).isEmpty() && asked.group(2).isEmpty()) {
            return octets(Response.ok(), file, 0, length);
        }
        long first = first(asked, length);
        long last = last(asked, length);
        if (first > last) {
            return Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header("Content-Range", "bytes */" + length);
        }
        return octets(Response.status(Response.Status.PARTIAL_CONTENT), file, first, last - first + 1)
                .header("Content-Range", "bytes " + first + "-" + last + "/" + length);
    }

    private static long first(Matcher asked, long length) {
        return asked.group(1).isEmpty()
                ? Math.max(0, length - Long.parseLong(asked.group(2)))
                : Long.parseLong(asked.group(1));
    }

    private static long last(Matcher asked, long length) {
        boolean open = asked.group(1).isEmpty() || asked.group(2).isEmpty();
        return open ? length - 1 : Math.min(length - 1, Long.parseLong(asked.group(2)));
    }

    private static Response.ResponseBuilder octets(
            Response.ResponseBuilder answer, Path file, long first, long count) {
        StreamingOutput body = out -> {
            try (InputStream in = Files.newInputStream(file)) {
                in.skipNBytes(first);
                copy(in, out, count);
            }
        };
        return answer.entity(body).header(HttpHeaders.CONTENT_LENGTH, count).header("Accept-Ranges", "bytes");
    }

    private static void copy(InputStream in, java.io.OutputStream out, long count) throws IOException {
        byte[] buffer = new byte[64 << 10];
        for (long left = count; left > 0; ) {
            int got = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
            if (got == 0) {
                throw new IOException("the file ended early");
            }
            out.write(buffer, 0, got);
            left -= got;
        }
    }
}
