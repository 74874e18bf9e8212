package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cranny.client.realm.OwnRealm;
import org.cranny.protocol.enrollment.JoinRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "add-host", description = "Answer a host's request to join, and list it in the master file.")
final class RealmAddHostCommand implements Callable<Integer> {
    @ParentCommand
    private RealmCommand realm;

    @Parameters(
            index = "0",
            paramLabel = "REQUEST",
            description = "The file that 'cranny-daemon request' or 'cranny-daemon trust request' wrote.")
    private Path request;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "BUNDLE",
            description = "Where to write the answer (default: beside the request).")
    private Path bundle;

    @Option(
            names = "--quota",
            paramLabel = "SIZE",
            converter = Amount.class,
            description = "How much it lends, as sources are told (default: what the request says).")
    private long quotaBytes;

    @Option(
            names = "--failure-domain",
            paramLabel = "LABEL",
            description = "What can be lost with it at once (default: what the request says, else it alone).")
    private String domain;

    @Mixin
    private Passphrase passphrase;

    @Override
    public Integer call() throws IOException {
        JoinRequest asked = CarriedFile.read(request, JoinRequest.class);
        try (OwnRealm own = realm.open()) {
            char[] secret = passphrase.known("the realm");
            OwnRealm.Admitted admitted = own.addHost(asked, quotaBytes, domain, secret);
            BundleFile.write(realm.cranny(), own, admitted, BundleFile.beside(request, bundle));
            realm.cranny()
                    .say("The list of hosts is now version " + own.masterFileVersion()
                            + ". Other sources get it with: cranny realm master-file FILE");
        }
        return ExitCode.DONE.number();
    }
}
