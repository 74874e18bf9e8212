package org.cranny.engine.fetch;

import java.io.IOException;

/** Takes the content of files, one file after the other. Paths are absolute, raw octets. */
public interface ContentSink {
    /** The next octets of a file. What is never given of it is a hole. */
    void octets(byte[] path, long offset, byte[] data, int from, int length) throws IOException;

    /** All of a file was given. */
    void complete(byte[] path) throws IOException;

    /** A file cannot be given, also when a part of it was. */
    void failed(byte[] path, String reason) throws IOException;
}
