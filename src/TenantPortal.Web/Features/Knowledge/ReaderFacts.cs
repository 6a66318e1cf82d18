using TenantPortal.Domain.Knowledge;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Data;

namespace TenantPortal.Web.Features.Knowledge;

/// <summary>What is known about a reader, and the generation of the client's guides at that moment.</summary>
public sealed record KnownReader(VariableResolver Resolver, ReaderPlace Place, long Generation);

/// <summary>The values that decide what a guide says to one reader.</summary>
public sealed class ReaderFacts(PageReads reads)
{
    private (GuideReader Reader, Lazy<KnownReader> Known)? last;
    private Func<ReaderRows>? ofTicket;

    /// <summary>Asks ahead, for whoever reads something else in the same moment.</summary>
    public void Ask(GuideReader reader)
    {
        if (last?.Reader == reader) return;
        var rows = ofTicket is not null && Fits(ofTicket(), reader) ? ofTicket : ReaderRows.Ask(reads, reader.Client, reader.Contact, reader.Site, reader.Device);
        last = (reader, new(() => KnownFrom(rows()), isThreadSafe: false));
    }

    /// <summary>Asks ahead for the contact of a ticket that is read in the same moment.</summary>
    public void AskFor(TenantId client, int ticket) => ofTicket = ReaderRows.AskFor(reads, client, ticket);

    /// <summary>What was read already in this request; null when nothing was.</summary>
    public KnownReader? Read(GuideReader reader) => last is { Known.IsValueCreated: true } known && known.Reader == reader ? known.Known.Value : null;

    // the ticket may have been another one's, or not there
    private static bool Fits(ReaderRows rows, GuideReader reader) => rows.Contact is { } contact && contact.TenantId == reader.Client && contact.Id == reader.Contact
        && (reader.Device is null || rows.Device?.Id == reader.Device) && (reader.Site is null || rows.Site?.Id == reader.Site);

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
