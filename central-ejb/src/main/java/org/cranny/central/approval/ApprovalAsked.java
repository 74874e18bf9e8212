package org.cranny.central.approval;

/**
 * News: somebody asked for leave to open what a system keeps. Told within the transaction that writes it down, so that
 * what a listener writes is kept with it or not at all.
 */
public record ApprovalAsked(Approval approval) {}
