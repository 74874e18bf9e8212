/** What an owner's phones and appliances have here: uploading, getting back. */
package org.cranny.web.pages.devices;
