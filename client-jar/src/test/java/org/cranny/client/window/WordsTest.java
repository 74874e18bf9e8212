package org.cranny.client.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cranny.client.owner.OwnHolds;
import org.cranny.client.policy.UsualBackup;
import org.cranny.client.report.Counts;
import org.cranny.engine.posix.FileType;
import org.cranny.engine.restore.Overwrite;
import org.cranny.protocol.masterfile.Host;
import org.junit.jupiter.api.Test;

/** Whatever the window says has words, and no words are left over. */
class WordsTest {
    private static final Path SOURCES = Path.of("src/main/java/org/cranny/client/window");

    @Test
    void everyKeyIsSaidAndHasWords() throws IOException {
        assertEquals(said(), keys());
    }

    private static Set<String> keys() throws IOException {
        Properties words = new Properties();
        try (InputStream in = WordsTest.class.getResourceAsStream("words.properties")) {
            words.load(in);
        }
        return new TreeSet<>(words.stringPropertyNames());
    }

    private static Set<String> said() throws IOException {
        Pattern key = Pattern.compile("\"([a-z]+(\\.[a-z]+)+)\"");
        Set<String> known = keys();
        String code;
        try (Stream<Path> files = Files.list(SOURCES)) {
            code = files.map(WordsTest::read).collect(Collectors.joining("\n"));
        }
        Set<String> said = key.matcher(code)
                .results()
                .map(found -> found.group(1))
                .filter(known::contains)
                .collect(Collectors.toCollection(TreeSet::new));
        Pattern asked = Pattern.compile("Words\\.say\\(\\s*\"([a-z.]+[a-z])\"[,)]");
        asked.matcher(code).results().forEach(found -> said.add(found.group(1)));
        all("sign.", Health.Sign.values(), "", said);
        all("kind.", FileType.values(), "", said);
        all("folders.", UsualBackup.Basis.values(), "", said);
        all("folders.", UsualBackup.Basis.values(), ".detail", said);
        all("settings.", OwnHolds.Cause.values(), "", said);
        all("settings.", OwnHolds.Answer.values(), "", said);
        Stream.of(Host.State.values())
                .filter(state -> state != Host.State.ACCEPTING)
                .forEach(state -> said.add("places.state." + state));
        Stream.of(Overwrite.values())
                .filter(each -> each != Overwrite.REFUSE)
                .forEach(each -> said.add("restore.preview." + each));
        Stream.of("WHERE", "PREVIEW", "DONE").forEach(step -> said.add("restore.title." + step));
        Stream.of("home", "folders", "files", "places", "settings").forEach(view -> said.add("nav." + view));
        return said;
    }

    private static void all(String before, Enum<?>[] values, String after, Set<String> said) {
        for (Enum<?> value : values) {
            said.add(before + value.name() + after);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void progressSaysWhatIsLeftOnlyWhenItIsKnown() {
        assertEquals(
                "Backing up: 1.20 GB of 3.40 GB, 2 min 5 s left, 12.0 MB/s",
                Running.sentence(
                        "Backing up",
                        new Counts(1, 2, 1_200_000_000L, 3_400_000_000L, 0, 0),
                        12_000_000,
                        OptionalLong.of(125)));
        assertEquals(
                "Backing up: 12 B",
                Running.sentence("Backing up", new Counts(1, 0, 12, 0, 0, 0), 0, OptionalLong.empty()));
    }

    @Test
    void aPartOfANameIsSearchedForAndAPatternAsItIs() {
        assertEquals("*tax*", OwnBackups.pattern(" tax "));
        assertEquals("*.odt", OwnBackups.pattern("*.odt"));
        assertTrue(OwnBackups.pattern("a\\b").contains("\\\\"));
    }
}
