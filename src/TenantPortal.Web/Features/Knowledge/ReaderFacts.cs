using TenantPortal.Domain.Knowledge;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>What is known about a reader, and the generation of the client's guides at that moment.</summary>
public sealed record KnownReader(VariableResolver Resolver, ReaderPlace Place, long Generation);

/// <summary>The values that decide what a guide says to one reader.</summary>
public sealed class ReaderFacts(PageReads reads)
{
    private (GuideReader Reader, Lazy<KnownReader> Known)? last;

    /// <summary>Asks ahead, for whoever reads something else in the same moment.</summary>
    public void Ask(GuideReader reader)
    {
        if (last?.Reader == reader) return;
        var rows = ReaderRows.Ask(reads, reader.Client, reader.Contact, reader.Site, reader.Device);
        last = (reader, new(() => KnownFrom(rows()), isThreadSafe: false));
    }

    /// <summary>Reads once a request and reader: typing asks for many guides of one reader.</summary>
    public async Task<KnownReader> OfAsync(GuideReader reader, CancellationToken cancel)
    {
        Ask(reader);
        await reads.RunAsync(cancel);
        return last!.Value.Known.Value;
    }

    private static KnownReader KnownFrom(ReaderRows rows) =>
        new(new(new() { Name = "", Values = rows.Values, Printers = rows.Printers, VpnProfiles = rows.VpnProfiles }), new(rows.Contact?.FirstName, rows.Site, rows.Device), rows.Generation);
}
