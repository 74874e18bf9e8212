package org.cranny.client.cli.admin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.enrollment.Fingerprint;
import org.cranny.client.home.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What all commands for administrators share: where central is, who it is, and who asks. */
@Command(
        name = "admin",
        description = "See and steer a realm through its central system.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SystemsCommand.class,
            SystemCommand.class,
            OwnerCommand.class,
            HostsCommand.class,
            HostCommand.class,
            RedundancyCommand.class,
            RetentionCommand.class,
            JobsCommand.class,
            JobCommand.class,
            BackupOrderCommand.class,
            RunNowCommand.class,
            RestoreOrderCommand.class,
            CheckOrderCommand.class,
            RotateKeysCommand.class,
            CancelCommand.class,
            AlertsCommand.class,
            DumpsCommand.class,
            MasterFileHistoryCommand.class,
            PolicyCommand.class,
            AdminSnapshotsCommand.class,
            AdminLsCommand.class,
            AdminFindCommand.class,
            AdminVersionsCommand.class,
            AdminDiffCommand.class,
            AdminExplainCommand.class,
            AdminRecoverCommand.class,
            ApprovalsCommand.class,
            BrakeCommand.class,
            InstallCommand.class,
            InstallLineCommand.class,
            UninstallCommand.class,
            InventoryCommand.class,
            UpgradeCommand.class,
            TokenCommand.class,
            LogCommand.class,
            EscrowCommand.class
        })
public final class AdminCommand implements Runnable {
    @ParentCommand
    private Common common;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            description = "Central's address for people (default: where this machine is enrolled).")
    private URI url;

    @Option(
            names = "--user",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "Whom central knows you as.")
    private String user;

    @Option(
            names = "--password-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "A file whose first line is the password.")
    private Path passwordFile;

    @Option(
            names = "--token-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "A file whose first line is a token of yours, instead of --user and --password-file.")
    private Path tokenFile;

    @Option(
            names = "--ca-fingerprint",
            scope = ScopeType.INHERIT,
            paramLabel = "SHA256",
            description = "SHA-256 of the authority's certificate (default: the authority of this machine's home).")
    private String fingerprint;

    @Override
    public void run() {
        throw wrong("Say what to do, for example 'cranny admin systems'.");
    }

    Common common() {
        return common;
    }

    /** Central, to be closed by the caller. */
    PeoplesCentral central() throws IOException {
        if (tokenFile == null) {
            return new PeoplesCentral(address(), pin().trust(), named(user, "--user"), password());
        }
        if (user != null || passwordFile != null) {
            throw wrong("Give --token-file, or --user and --password-file, not both.");
        }
        return new PeoplesCentral(address(), pin().trust(), firstLine(tokenFile).strip());
    }

    /** A complaint about what was typed. */
    ParameterException wrong(String sentence) {
        CommandLine typed = spec.commandLine();
        return new ParameterException(typed, sentence);
    }

    private Home home() {
        return common.home();
    }

    /** Where central is for people. */
    URI address() throws IOException {
        URI address = url == null ? home().configuration().central() : url;
        if (address == null) {
            throw wrong("This machine's realm has no central. Name one with --url.");
        }
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw wrong("--url is no https address with a host. Write https://host:port/cranny.");
        }
        return address;
    }

    private Fingerprint pin() throws IOException {
        if (fingerprint == null) {
            return Fingerprint.of(ownAuthority());
        }
        try {
            return Fingerprint.parse(fingerprint);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private X509Certificate ownAuthority() throws IOException {
        Path file = home().authority();
        if (Files.notExists(file)) {
            throw wrong("Say which authority to trust with --ca-fingerprint; this machine is enrolled nowhere.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (CertificateException e) {
            throw new IOException("The file " + file + " is no certificate. Bring it back from a copy.", e);
        }
    }

    private String password() throws IOException {
        return firstLine(named(passwordFile, "--password-file"));
    }

    String firstLine(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.lines().findFirst().orElseThrow(() -> wrong("The file " + file + " is empty."));
    }

    private <T> T named(T value, String option) {
        if (value == null) {
            throw wrong(option + " is needed.");
        }
        return value;
    }
}
