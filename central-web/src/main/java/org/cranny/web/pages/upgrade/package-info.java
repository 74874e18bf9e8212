/** Which version runs where, and newer ones for programs that central installed. */
package org.cranny.web.pages.upgrade;
