package org.cranny.web.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.cranny.web.security.Gate;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** Everything that {@code docs/protocol/central.md} lists, and nothing else. */
@ApplicationPath("/api/v1")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Cranny central",
                        version = "1",
                        description = "Machines show a certificate of the realm at the machines' listener; "
                                + "people show a token of theirs, or log in with HTTP Basic, at the people's listener. "
                                + "A request that fails answers application/problem+json."))
public class Api extends Application {
    static final Set<Class<?>> RESOURCES = Set.of(
            AlertResource.class,
            ApiTokenResource.class,
            ApprovalResource.class,
            BrakeResource.class,
            BrowseResource.class,
            DeviceResource.class,
            DumpResource.class,
            EnrollmentResource.class,
            EscrowResource.class,
            EscrowSplitResource.class,
            EventResource.class,
            HandOverResource.class,
            HealthResource.class,
            HeartbeatResource.class,
            HostResource.class,
            InstallationResource.class,
            UninstallationResource.class,
            InventoryResource.class,
            JoinResource.class,
            LabelResource.class,
            JobResource.class,
            LeaseResource.class,
            LogResource.class,
            LookResource.class,
            MasterFileResource.class,
            MetricsResource.class,
            PackResource.class,
            PlacementResource.class,
            PolicyResource.class,
            ProgramResource.class,
            QuestionResource.class,
            RealmResource.class,
            RecoveryResource.class,
            RenewalResource.class,
            FindingResource.class,
            RestoreResource.class,
            RetentionResource.class,
            SessionResource.class,
            SnapshotResource.class,
            SourcePolicyResource.class,
            SystemPolicyResource.class,
            SystemJobsResource.class,
            SystemRecoveryResource.class,
            SystemResource.class,
            TokenResource.class,
            UpgradeResource.class,
            WebStartResource.class);

    private static final Set<Class<?>> PROVIDERS = Set.of(
            Gate.class,
            BodyLimit.class,
            ClosedBody.class,
            StrictJson.class,
            GzipAnswers.class,
            ProblemAnswer.class,
            UnreadableAnswer.class,
            RefusedAnswer.class,
            UnexpectedAnswer.class);

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> all = new java.util.HashSet<>(RESOURCES);
        all.addAll(PROVIDERS);
        return all;
    }
}
