/** The master file: made when something changed, signed, kept by version, served whole or as a delta. */
package org.cranny.central.masterfile;
