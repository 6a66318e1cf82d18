using TenantPortal.Domain.People;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Extraction;
using TenantPortal.Web.Features.Triage;

namespace TenantPortal.Web.Features.Tickets;

/// <summary>The first facts of a ticket, one a field: what was asked or detected stands before what the text says, and that before the asset record; "does not know" only where nothing else is known.</summary>
internal static class TicketFacts
{
    public static IReadOnlyList<FoundFact> Of(NewTicket input, Report report, ExtractedFacts found, Device? device, ClientProfile profile, MessageId message)
    {
        var facts = new Dictionary<EnvironmentField, FoundFact>();
        // a value that was read in the text and confirmed still names where it was read
        foreach (var given in input.Facts.Where(f => !string.IsNullOrWhiteSpace(f.Value))) facts[given.Field] = given with { Value = given.Value.Trim(), MessageId = given.Source == FactSource.Extracted ? message : null };
        if (report.Sensitivity is { } sensitivity) facts.TryAdd(EnvironmentField.Sensitivity, new(EnvironmentField.Sensitivity, sensitivity.ToString(), FactSource.Asked));
        if (report.ErrorText is { Length: > 0 } error) facts.TryAdd(EnvironmentField.Error, new(EnvironmentField.Error, error, FactSource.Asked));
        foreach (var extracted in found.Facts) facts.TryAdd(extracted.Field, new(extracted.Field, extracted.Value, FactSource.Extracted, message));
        if (report.Impact is { } impact) facts.TryAdd(EnvironmentField.Affected, new(EnvironmentField.Affected, impact.ToString(), FactSource.Asked));
        foreach (var record in Records(report, device, facts.GetValueOrDefault(EnvironmentField.App)?.Value, profile)) facts.TryAdd(record.Field, record);
        foreach (var unknown in input.Facts.Where(f => f.Source == FactSource.DoesNotKnow)) facts.TryAdd(unknown.Field, unknown);
        return [.. facts.Values.Where(f => f.Source != FactSource.NotAsked).OrderBy(f => f.Field)];
    }

    /// <summary>Who filled a field, for figures: a person what she was asked, the portal what it found out.</summary>
    public static Actor FilledBy(FactSource source, Actor person) => source switch
    {
        FactSource.Detected => Actor.Machine("browser"),
        FactSource.AssetRecord => Actor.Machine("asset record"),
        FactSource.Extracted => Actor.Machine("reader"),
        _ => person,
    };

    /// <summary>What a later message adds: values that are not known yet.</summary>
    public static IReadOnlyList<FoundFact> Later(ExtractedFacts found, IEnumerable<TicketFact> known, MessageId message)
    {
        var values = known.Select(f => (f.Field, f.Value.ToUpperInvariant())).ToHashSet();
        return [.. found.Facts.Where(f => values.Add((f.Field, f.Value.ToUpperInvariant()))).Select(f => new FoundFact(f.Field, f.Value, FactSource.Extracted, message))];
    }

    private static IEnumerable<FoundFact> Records(Report report, Device? device, string? app, ClientProfile profile)
    {
        if (device is not null)
        {
            yield return new(EnvironmentField.Device, device.Model is null ? device.Name : $"{device.Name} ({device.Model})", FactSource.AssetRecord);
            if ((device.OsVersion ?? device.Os) is { } os) yield return new(EnvironmentField.Os, os, FactSource.AssetRecord);
            if (app is not null && profile.On(device).FirstOrDefault(s => s.Name.Equals(app, StringComparison.OrdinalIgnoreCase))?.Version is { } version) yield return new(EnvironmentField.AppVersion, version, FactSource.AssetRecord);
        }
        if (profile.Site(report.SiteId ?? device?.SiteId) is { } site) yield return new(EnvironmentField.Site, site.Name, FactSource.AssetRecord);
    }
}
