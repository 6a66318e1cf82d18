using TenantPortal.Domain.Knowledge;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>What is known about a reader, and the generation of the client's guides at that moment.</summary>
public sealed record KnownReader(VariableResolver Resolver, ReaderPlace Place, long Generation);

/// <summary>The values that decide what a guide says to one reader.</summary>
public sealed class ReaderFacts(PageReads reads)
{
    private (GuideReader Reader, KnownReader Known)? last;

    /// <summary>Reads once a request and reader: typing asks for many guides of one reader.</summary>
    public async Task<KnownReader> OfAsync(GuideReader reader, CancellationToken cancel)
    {
        if (last is { } before && before.Reader == reader) return before.Known;
        var rows = await ReaderRows.ReadAsync(reads, reader.Client, reader.Contact, reader.Site, reader.Device, cancel);
        var known = new KnownReader(new(new() { Name = "", Values = rows.Values, Printers = rows.Printers, VpnProfiles = rows.VpnProfiles }), new(rows.Contact?.FirstName, rows.Site, rows.Device), rows.Generation);
        last = (reader, known);
        return known;
    }
}
