package org.cranny.daemon.status;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StatusTest {

    @Test
    void tellsTheVersionThatTheBuildHas() throws IOException {
        String parent = Files.readString(Path.of("pom.xml"));
        assertTrue(parent.contains("<version>" + Status.VERSION + "</version>"));
    }
}
