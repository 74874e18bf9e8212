package org.cranny.central.approval;

enum ApprovalState {
    WAITING,
    GIVEN,
    REFUSED,
    EXPIRED
}
