package org.cranny.web.pages.devices;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.cranny.central.device.Device;
import org.cranny.central.device.DeviceFiles;
import org.cranny.central.device.Devices;
import org.cranny.central.device.Upload;
import org.cranny.central.placement.CopyCount;
import org.cranny.central.repair.Repairs;
import org.cranny.central.settings.Settings;
import org.cranny.protocol.problem.ProblemException;
import org.cranny.web.pages.frame.Address;
import org.cranny.web.pages.frame.Deed;
import org.cranny.web.pages.frame.Missing;
import org.cranny.web.pages.frame.Page;
import org.cranny.web.pages.words.Amounts;
import org.cranny.web.pages.words.Moments;
import org.cranny.web.pages.words.Texts;
import org.cranny.web.security.Caller;

/** A phone or an appliance as its owner sees it: what it has here, and room to drop more. */
@Named
@RequestScoped
public class DeviceView {
    private static final int FILES_SHOWN = 200;
    private static final int WAITING_SHOWN = 50;

    @Inject
    Devices devices;

    @Inject
    Repairs repairs;

    @Inject
    Settings settings;

    @Inject
    Address address;

    @Inject
    Deed deed;

    @Inject
    Caller caller;

    @Inject
    HttpServletRequest request;

    private Moments moments;
    private Device device;
    private DeviceFiles files;
    private String unlisted = "";

    /** A file that is kept. @param href gives it back @param versions a page with what it was before */
    public record Row(String name, String size, String when, String exactly, String href, String versions) {}

    /** What is not kept yet. */
    public record Waiting(String name, String size, String what) {}

    @PostConstruct
    void find() {
        moments = new Moments(Instant.now(), address.zone());
        try {
            device = address.number("id").map(devices::find).orElse(null);
        } catch (ProblemException none) {
            device = null;
        }
    }

    /** Says that there is no such device, or carries out what a button asks for. */
    public void act() {
        if (device == null) {
            Missing.answer();
        } else if (address.isSentForm()) {
            address.text("delete").ifPresent(name -> deed.carryOut(here(), true, () -> delete(name)));
        }
    }

    private String delete(String name) {
        try {
            devices.delete(caller.name(), device.number(), name);
            return Texts.say("said.device.deleted", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DeviceFiles files() {
        if (files == null) {
            try {
                files = devices.files(
                        caller.name(), device.number(), address.text("after").orElse(null), FILES_SHOWN);
            } catch (ProblemException e) {
                unlisted = Deed.sentence(e);
                files = new DeviceFiles(null, List.of(), List.of(), null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    private String here() {
        return address.of(Page.DEVICE, "id", device.number());
    }

    public boolean isThere() {
        return device != null;
    }

    public long getNumber() {
        return device.number();
    }

    public String getName() {
        return device.name();
    }

    public String getBack() {
        return address.of(Page.MINE);
    }

    public String getHeadline() {
        if (device.waiting() > 0) {
            return Texts.count("device.headline.waits", device.waiting(), device.name());
        }
        return device.files() == 0
                ? Texts.say("device.headline.empty", device.name())
                : Texts.count("device.headline.kept", device.files(), device.name(), copies());
    }

    /** The fewest that anything of it has now. */
    private int copies() {
        return repairs.redundancy(device.number()).stream()
                .mapToInt(CopyCount::copies)
                .min()
                .orElse(0);
    }

    public String getLead() {
        return device.kept() == null
                ? Texts.say("device.lead.empty")
                : Texts.say("device.lead", Amounts.bytes(device.bytes()), moments.said(device.kept()));
    }

    /** Why what waits goes on waiting, or empty. */
    public String getTrouble() {
        return device.trouble() == null ? "" : device.trouble();
    }

    /** Why the files cannot be shown, or empty. */
    public String getUnlisted() {
        files();
        return unlisted;
    }

    public boolean isWaiting() {
        return device.waiting() > 0;
    }

    public List<Waiting> getUnderway() {
        return files().waiting().stream()
                .limit(WAITING_SHOWN)
                .map(DeviceView::waiting)
                .toList();
    }

    private static Waiting waiting(Upload upload) {
        return upload.deletion()
                ? new Waiting(upload.name(), "", Texts.say("device.leaves"))
                : new Waiting(upload.name(), Amounts.bytes(upload.bytes()), Texts.say("device.spreads"));
    }

    public String getMoreWaiting() {
        int more = files().waiting().size() - WAITING_SHOWN;
        return more > 0 ? Texts.count("device.waiting.more", more) : "";
    }

    public List<Row> getRows() {
        return files().files().stream().map(this::row).toList();
    }

    private Row row(DeviceFiles.Line line) {
        return new Row(
                line.name(),
                Amounts.bytes(line.bytes()),
                moments.said(line.modified()),
                moments.exact(line.modified()),
                DeviceLinks.download(request, device.number(), line.name(), null),
                address.of(Page.FILE, "system", device.number(), "path", line.path()));
    }

    public String getAfter() {
        return Optional.ofNullable(files().next())
                .map(next -> address.of(Page.DEVICE, "id", device.number(), "after", next))
                .orElse("");
    }

    // ---- for the script

    public String getUpload() {
        return DeviceLinks.upload(request, device.number());
    }

    public String getMark() {
        return UploadMark.of(request);
    }

    public long getMost() {
        return settings.uploadBytes();
    }

    public String getTooLarge() {
        return Texts.say("device.too-large", Amounts.bytes(settings.uploadBytes()));
    }

    /** The command with which an appliance uploads. */
    public String getCommand() {
        String base = "https://" + request.getServerName() + ":" + request.getServerPort() + request.getContextPath();
        return "curl --cacert ca.pem -H \"Authorization: Bearer $TOKEN\" -T FILE " + base + "/api/v1/devices/"
                + device.number() + "/files/";
    }
}
