package org.cranny.central.device;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;

/** What waits on central's disk. */
public final class DeviceReaders {
    private DeviceReaders() {}

    public static List<Reader> all() {
        return List.of(Reader.of(
                "waiting-upload",
                IOException.class,
                Texts.seeds("{\"name\":\"a\",\"bytes\":3,\"received\":\"2030-01-01T12:00:00Z\",\"deletion\":false,"
                        + "\"modified\":\"2030-01-01T12:00:00Z\",\"digest\":\"ab\"}"),
                DeviceReaders::waiting));
    }

    private static void waiting(byte[] octets) throws IOException {
        Scratch home = Scratch.folder("waiting-upload");
        home.write("devices/7/waiting/0000000000000000001/" + Spool.ABOUT, octets);
        new Spool(Settings.of(Map.of("cranny.home", home.path().toString())), Clock.systemUTC()).batch(7);
    }
}
