package org.cranny.central.syslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** What the server writes to, one message a line: for whoever gathers that anyway. */
record StandardOutput() implements Receiver {
    @Override
    public void give(List<SyslogMessage> messages) throws IOException {
        String lines = messages.stream().map(SyslogMessage::text).collect(Collectors.joining("\n", "", "\n"));
        new FileOutputStream(FileDescriptor.out).write(lines.getBytes(StandardCharsets.UTF_8));
    }
}
