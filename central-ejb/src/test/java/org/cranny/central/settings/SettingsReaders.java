package org.cranny.central.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Scratch;
import org.cranny.protocol.readers.Texts;

/** What an administrator writes for central. */
public final class SettingsReaders {
    private static final List<Method> GETTERS = Arrays.stream(Settings.class.getMethods())
            .filter(method -> method.getParameterCount() == 0
                    && method.getDeclaringClass().getPackage().equals(Settings.class.getPackage())
                    && !Modifier.isStatic(method.getModifiers())
                    && !method.getName().equals("values"))
            .toList();

    private SettingsReaders() {}

    public static List<Reader> all() {
        return List.of(
                Reader.of(
                        "central-properties",
                        IllegalStateException.class,
                        Texts.seeds("cranny.home=/var/lib/cranny\ncranny.machines-url=https://c:8444\n"
                                + "cranny.approval.rule=none\ncranny.approval.wait-hours=24\ncranny.mail.to=a@b, c@d\n"
                                + "cranny.mail.security=tls\ncranny.syslog.to=tls://log:6514\ncranny.allotment.days=30\n"
                                + "cranny.dump.hour=3\ncranny.job.kept-days=90\ncranny.packages=/srv/packages\n"
                                + "cranny.trash.seconds=1209600\ncranny.master-file.interval-seconds=30\n"),
                        SettingsReaders::properties),
                new Reader(
                        "admin-keyfile",
                        List.of(IllegalStateException.class, UncheckedIOException.class),
                        Texts.seeds("# comment\nadmin;{SSHA256}" + "A".repeat(44) + "AAAA;asadmin\n"),
                        octets -> AdministrationCheck.check(
                                Scratch.folder("admin").write("admin-keyfile", octets))));
    }

    private static void properties(byte[] octets) throws IOException {
        Map<String, String> read =
                HomeConfigSource.read(Scratch.folder("central-properties").write("central.properties", octets));
        read.keySet().forEach(SettingNames::objection);
        Settings settings = Settings.of(read);
        for (Method each : GETTERS) {
            try {
                each.invoke(settings);
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof IllegalStateException)) {
                    throw new AssertionError(each.getName() + ": " + e.getCause(), e.getCause());
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
