/** The source's keys in the course of time: deposited, rotated, replaced. */
package org.cranny.client.keys;
