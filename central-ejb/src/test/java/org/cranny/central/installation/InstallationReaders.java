package org.cranny.central.installation;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.util.EnumSet;
import java.util.List;
import org.cranny.protocol.json.ClosedJson;
import org.cranny.protocol.octets.MalformedException;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.protocol.readers.Reader;
import org.cranny.protocol.readers.Texts;

/** Which machines are meant, and what they say of themselves. */
public final class InstallationReaders {
    private static final Jsonb JSON = JsonbBuilder.create();

    private InstallationReaders() {}

    public static List<Reader> all() {
        return List.of(
                Reader.of(
                        "targets",
                        ProblemException.class,
                        Texts.seeds("ws-01\n10.0.0.0/24:22\n[fe80::1]:2222\nws-02.example.org:22"),
                        octets -> Targets.read(Texts.text(octets).lines().toList())),
                new Reader(
                        "installation-request",
                        List.of(MalformedException.class, JsonbException.class, ProblemException.class),
                        Texts.seeds("{\"targets\":[\"ws-01\"],\"roles\":[\"daemon\",\"source\"],\"user\":\"root\","
                                + "\"password\":\"p\",\"knownHosts\":\"# none\\n\",\"hostKeys\":[{\"host\":\"ws-01\","
                                + "\"fingerprint\":\"SHA256:" + "A".repeat(43)
                                + "\"}],\"central\":\"https://c:8443/cranny\","
                                + "\"daemonPort\":9443,\"quota\":\"20G\",\"keepFree\":\"10%\",\"dryRun\":true}"),
                        InstallationReaders::request),
                new Reader(
                        "machine-look",
                        List.of(),
                        Texts.seeds("user=0\nsystem=Linux\nmachine=x86_64\nname=ws-01\nlibc=glibc 2.36\nfree_kib=1000\n"
                                + "var_free_kib=1000\nresolves=yes\nlacks=tar\ndaemon=/opt/x\nenrolled=source\n"),
                        octets -> {
                            Look look = Look.read(Texts.text(octets));
                            look.missing(EnumSet.allOf(Role.class));
                            look.objection(EnumSet.allOf(Role.class));
                        }),
                new Reader(
                        "machine-removal",
                        List.of(),
                        Texts.seeds(
                                "user=0\nremoved=the daemon\nforeign=x\npresent=daemon\nenrolled=source\nfragments=7\n"
                                        + "source=12\n"),
                        octets -> Found.read(Texts.text(octets))));
    }

    private static void request(byte[] octets) throws MalformedException {
        InstallationRequest request = JSON.fromJson(ClosedJson.text(octets), InstallationRequest.class);
        if (request != null) {
            Wanted.read(request);
        }
    }
}
