package org.cranny.engine.exclude;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultExcludesTest {
    @Test
    void thePageListsThem() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/patterns.md"));
        String list = page.substring(page.indexOf("```\n") + 4, page.lastIndexOf("```"));
        assertEquals(DefaultExcludes.texts(), List.of(list.strip().split("\n")));
    }

    @Test
    void leaveCachesOutAndNothingElse() {
        assertTrue(leavesOut("home/anna/.cache/x", false));
        assertTrue(leavesOut("home/anna/work/.npm/_cacache", true));
        assertTrue(leavesOut("home/anna/.config/chat/Default/GPUCache", true));
        assertTrue(leavesOut("proc/1", true));
        assertFalse(leavesOut("home/anna/.cache", true));
        assertFalse(leavesOut("home/anna/.npm", true));
        assertFalse(leavesOut("home/anna/.gradle/init.d", true));
        assertFalse(leavesOut("srv/proc/1", true));
    }

    private static boolean leavesOut(String path, boolean folder) {
        return Excludes.NONE.and(DefaultExcludes.patterns()).leavesOut(path.getBytes(StandardCharsets.UTF_8), folder);
    }
}
