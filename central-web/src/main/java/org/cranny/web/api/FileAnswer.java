package org.cranny.web.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file as an answer: all of it, or the one range that was asked for. */
final class FileAnswer {
    private static final int BUFFER = 64 << 10;

    private FileAnswer() {}

    static Response.ResponseBuilder of(Path file, String range) throws IOException {
        long length = Files.size(file);
        Optional<OctetRange> asked = OctetRange.asked(range, length);
        if (asked.isEmpty()) {
            return octets(Response.ok(), file, new OctetRange(0, length - 1));
        }
        OctetRange part = asked.get();
        return part.isEmpty()
                ? Response.status(Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE)
                        .header("Content-Range", "bytes */" + length)
                : octets(Response.status(Response.Status.PARTIAL_CONTENT), file, part)
                        .header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + length);
    }

    private static Response.ResponseBuilder octets(Response.ResponseBuilder answer, Path file, OctetRange part) {
        StreamingOutput body = out -> {
            try (InputStream in = Files.newInputStream(file)) {
                in.skipNBytes(part.first());
                copy(in, out, part.count());
            }
        };
        return answer.entity(body)
                .header(HttpHeaders.CONTENT_LENGTH, part.count())
                .header("Accept-Ranges", "bytes");
    }

    static void copy(InputStream in, OutputStream out, long count) throws IOException {
        byte[] buffer = new byte[BUFFER];
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
