package org.cranny.central.device;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What central keeps to act for a device, from when its owner added it. */
@Entity
@Table(name = "device")
class DeviceRow {
    @Id
    private Long system;

    private byte[] salt;
    private byte[] secret;
    private String deposited;

    @Column(name = "added_by")
    private String addedBy;

    @Column(name = "added_for")
    private String addedFor;

    protected DeviceRow() {}

    /** @param secret sealed @param addedFor mail address of the owner */
    DeviceRow(long system, byte[] salt, byte[] secret, String addedBy, String addedFor) {
        this.system = system;
        this.salt = salt.clone();
        this.secret = secret.clone();
        this.addedBy = addedBy;
        this.addedFor = addedFor;
    }

    long system() {
        return system;
    }

    byte[] salt() {
        return salt.clone();
    }

    byte[] secret() {
        return secret.clone();
    }

    boolean isFor(String owner) {
        return addedFor.equalsIgnoreCase(owner);
    }

    /** For which key, and whether with what lists files, its key ring is in escrow; null before the first deposit. */
    String deposited() {
        return deposited;
    }

    void deposited(String what) {
        deposited = what;
    }
}
