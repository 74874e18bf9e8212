package org.cranny.central.approval;

/** Somebody asked for leave to open what a system keeps: its owner is told. Fired when it is on disk. */
public record ApprovalAsked(Approval approval) {}
