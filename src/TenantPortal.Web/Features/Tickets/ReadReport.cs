using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;
using TenantPortal.Domain.Triage;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>A value that the form may offer as a chip, and where it comes from; the id is that of the device or site.</summary>
public sealed record InferredValue(string Value, FactSource Source, Guid? Id = null);

/// <summary>What can be inferred from a text and its writer, to be confirmed by the person; null where nothing is known.</summary>
public sealed record InferredReport
{
    public InferredValue? Device { get; init; }
    public InferredValue? Os { get; init; }
    public InferredValue? App { get; init; }
    public InferredValue? AppVersion { get; init; }
    public InferredValue? System { get; init; }
    public InferredValue? Site { get; init; }
    public InferredValue? Sensitivity { get; init; }
    public InferredValue? Error { get; init; }
    public InferredValue? Codes { get; init; }
    public InferredValue? Network { get; init; }
    public InferredValue? FirstSeen { get; init; }
    public InferredValue? LastChange { get; init; }
}

/// <summary>Reads a half-written or finished report for the chips of the form.</summary>
public sealed class ReadReport(PortalDb db, ClientProfiles profiles, TimeProvider time)
{
    /// <summary>Null when the contact is not one of the scope's.</summary>
    public async Task<InferredReport?> RunAsync(string text, ContactId contact, CancellationToken cancel, TenantId? client = null)
    {
        var writer = await db.Contacts.AsNoTracking().Where(c => c.Id == contact && (client == null || c.TenantId == client)).Select(c => new { c.TenantId, c.SiteId, c.DeviceId }).FirstOrDefaultAsync(cancel);
        if (writer is null) return null;
        var profile = await profiles.OfAsync(writer.TenantId, db, time.GetUtcNow(), cancel);
        return Infer(text, profile, writer.SiteId, profile.DeviceOf(contact, writer.DeviceId));
    }

    /// <summary>For whoever is signed in: the session knows the person already.</summary>
    public async Task<InferredReport> RunAsync(string text, SignedInContact writer, CancellationToken cancel)
    {
        var profile = await profiles.OfAsync(writer.TenantId, db, time.GetUtcNow(), cancel);
        return Infer(text, profile, writer.SiteId, profile.DeviceOf(writer.Id, writer.DeviceId));
    }

    private static InferredReport Infer(string text, ClientProfile profile, SiteId? ownSite, Device? own)
    {
        var found = Extractor.Read(text, profile.Names);
        var named = profile.Device(found.Device);
        var device = named ?? own;
        var site = profile.Site(found.Site) ?? profile.Site(named?.SiteId ?? ownSite);
        var system = TriageVerdict.SystemIn(new() { Subject = "", Text = text, SiteId = site?.Id }, profile.Rules);
        var app = Said(found, EnvironmentField.App);
        var installed = app is null || device is null ? null : profile.On(device).FirstOrDefault(s => s.Name.Equals(app.Value, StringComparison.OrdinalIgnoreCase))?.Version;
        return new()
        {
            Device = device is null ? null : new(device.Name, named is null ? FactSource.AssetRecord : FactSource.Extracted, device.Id.Value),
            Os = Said(found, EnvironmentField.Os) ?? ((device?.OsVersion ?? device?.Os) is { } os ? new(os, FactSource.AssetRecord) : null),
            App = app,
            AppVersion = Said(found, EnvironmentField.AppVersion) ?? (installed is null ? null : new(installed, FactSource.AssetRecord)),
            System = system is null ? null : new(system, FactSource.Extracted),
            Site = site is null ? null : new(site.Name, found.Site is null ? FactSource.AssetRecord : FactSource.Extracted, site.Id.Value),
            Sensitivity = Said(found, EnvironmentField.Sensitivity),
            Error = Said(found, EnvironmentField.Error),
            Codes = Said(found, EnvironmentField.Codes),
            Network = Said(found, EnvironmentField.Network),
            FirstSeen = Said(found, EnvironmentField.FirstSeen),
            LastChange = Said(found, EnvironmentField.LastChange),
        };
    }

    private static InferredValue? Said(ExtractedFacts found, EnvironmentField field) => found[field] is { } value ? new(value, FactSource.Extracted) : null;
}
