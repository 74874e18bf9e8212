package org.cranny.client.cli;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.realm.Member;
import org.cranny.client.realm.OwnRealm;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "list", description = "Show the realm that is kept here, and who is in it.")
final class RealmListCommand implements Callable<Integer> {
    @ParentCommand
    private RealmCommand realm;

    @Override
    public Integer call() throws IOException {
        Cranny cranny = realm.cranny();
        try (OwnRealm own = realm.open()) {
            if (cranny.json()) {
                cranny.screen().line(json(own));
            } else {
                cranny.screen()
                        .line("Realm '" + own.name() + "', " + own.id() + ", master file version "
                                + own.masterFileVersion());
                cranny.screen().line("Fingerprint of its authority: " + own.fingerprint());
                table(own).print(cranny.screen());
            }
        }
        return ExitCode.DONE.number();
    }

    private static String json(OwnRealm own) {
        JsonArrayBuilder members = JsonLine.array();
        for (Member member : own.members()) {
            JsonObjectBuilder object = JsonLine.object()
                    .add("number", member.number())
                    .add("name", member.name())
                    .add("role", member.role());
            if (member.certificateExpires() != null) {
                object.add("certificateExpires", member.certificateExpires());
            }
            if (member.isHost()) {
                object.add("address", member.address())
                        .add("quotaBytes", member.quotaBytes())
                        .add("listed", member.listed());
                if (member.identity() != null) {
                    object.add("identity", member.identity()).add("authority", member.authority());
                }
            }
            members.add(object);
        }
        return JsonLine.of("realm")
                .add("name", own.name())
                .add("realm", own.id().hex())
                .add("caFingerprint", own.fingerprint().hex())
                .add("masterFile", own.masterFileVersion())
                .add("members", members.build())
                .toString();
    }

    private static Table table(OwnRealm own) {
        Table table = Table.of("ID", "Name", "Role", "Address", "Lent", "Certificate until");
        own.members()
                .forEach(member -> table.row(
                        String.valueOf(member.number()),
                        member.name(),
                        member.role() + (member.isHost() && !member.listed() ? ", not listed" : ""),
                        member.address() == null ? "" : member.address(),
                        member.isHost() ? Human.bytes(member.quotaBytes()) : "",
                        member.certificateExpires() == null
                                ? "host of " + member.identity()
                                : member.certificateExpires()));
        return table;
    }
}
