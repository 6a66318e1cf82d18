using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.SelfService;
using TenantPortal.Web.Features.Triage;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

/// <summary>What the rules decided about a ticket, each reached once more from what was kept: the same result, or the exact difference.</summary>
internal sealed class DecisionsPage(PortalDb db, ReplayDecision replay, ClientDirectory clients) : PageModel
{
    public sealed record Seen(DateTimeOffset At, Replayed? Verdict, ReplayedOffer? Offer);

    public string Reference { get; private set; } = "";
    public Client Client { get; private set; } = null!;
    public Ticket Ticket { get; private set; } = null!;
    public IReadOnlyList<Seen> Decisions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (TicketReference.Parse(reference, clients) is not { } parsed) return NotFound();
        if (await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.TenantId == parsed.Client.Id && t.Number == parsed.Number, cancel) is not { } ticket) return NotFound();
        (Reference, Client, Ticket) = (parsed.ToString(), parsed.Client, ticket);
        var seen = new List<Seen>();
        foreach (var decision in await db.Decisions.AsNoTracking().Where(d => d.TenantId == ticket.TenantId && d.TicketId == ticket.Id.Value).OrderBy(d => d.At).Take(100).ToListAsync(cancel))
            seen.Add(new(decision.At, decision.Kind == "verdict" ? await replay.RunAsync(decision, ticket, cancel) : null, decision.Kind == "guide-offer" ? ReplayedOffer.Of(decision) : null));
        Decisions = seen;
        return Page();
    }

    public string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(Client.TimeZone)).ToString("d MMM yyyy HH:mm", System.Globalization.CultureInfo.CurrentCulture);
}
