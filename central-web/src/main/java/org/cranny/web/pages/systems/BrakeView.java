package org.cranny.web.pages.systems;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.cranny.central.brake.Brake;
import org.cranny.central.brake.Brakes;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** The brake that holds what a system backed up. */
@Named
@RequestScoped
public class BrakeView {
    static final String RELEASE = "release";

    @Inject
    SystemView system;

    @Inject
    Brakes brakes;

    @Inject
    Caller caller;

    private Optional<Brake> brake;

    private Optional<Brake> brake() {
        if (brake == null) {
            brake = system.isSource() ? brakes.on(system.getId()) : Optional.empty();
        }
        return brake;
    }

    public boolean isOn() {
        return brake().isPresent();
    }

    /** What happened. */
    public String getSentence() {
        Moments moments = new Moments(Instant.now(), ZoneId.systemDefault());
        return brake().map(each -> Texts.say(
                        each.system() == null ? "brake.everywhere" : "brake.here",
                        moments.said(Instant.parse(each.pulled())),
                        system.getName(),
                        Deed.sentence(each.reason())))
                .orElse("");
    }

    /** Which backup is of before, if that is known. */
    public String getLastGood() {
        return brake().map(Brake::lastGood)
                .map(version -> Texts.say("brake.good", String.valueOf(version)))
                .orElse("");
    }

    void release() {
        brake().ifPresent(each -> brakes.release(each.id(), caller.name()));
    }
}
