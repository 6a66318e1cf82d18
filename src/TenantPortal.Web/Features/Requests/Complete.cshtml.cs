using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Requests;

/// <summary>Asks only what a request still misses, one tap each; the address that mails and chats lead to.</summary>
internal sealed class CompletePage(ReadRequest read, ChangeTicket change, PortalDb db, Me me) : PageModel
{
    [BindProperty(SupportsGet = true)] public int Number { get; set; }
    [BindProperty] public Impact? Impact { get; set; }
    [BindProperty] public Urgency? Urgency { get; set; }
    [BindProperty] public string? System { get; set; }
    [BindProperty] public Sensitivity? Sensitivity { get; set; }

    public RequestHead Head { get; private set; } = null!;
    public bool PersonTold { get; private set; }
    public IReadOnlyList<string> Systems { get; private set; } = [];
    public Refusal? Refused { get; private set; }
    public string RequestPage => $"/c/{me.Client!.Slug}/requests/{Number}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await LoadAsync(cancel) is { } answer ? answer : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await LoadAsync(cancel) is { } answer) return answer;
        Refused = await change.RunAsync(Head.Id, Answer, cancel);
        if (Refused is not null) return Page();
        var ticket = await db.Tickets.FirstAsync(t => t.Id == Head.Id, cancel);
        return Redirect(ticket.MissingAnswers().Count > 0 ? $"{RequestPage}/complete" : RequestPage);
    }

    private Refusal? Answer(Ticket ticket, DateTimeOffset now)
    {
        var refusal = ticket.Answer(Impact, Urgency, System is null ? null : CleanText.FirstLine(System), Sensitivity, me.AsActor(), now);
        if (refusal is null && Sensitivity is { } sensitivity) ticket.Learn(EnvironmentField.Sensitivity, sensitivity.ToString(), FactSource.Asked, null, me.AsActor(), now);
        if (refusal is null && Impact is { } impact) ticket.Learn(EnvironmentField.Affected, impact.ToString(), FactSource.Asked, null, me.AsActor(), now);
        return refusal;
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken cancel)
    {
        if (await read.HeadAsync(Number, cancel) is not { } head) return NotFound();
        if (head.Missing.Count == 0) return Redirect(RequestPage);
        Head = head;
        PersonTold = await db.Events.AnyAsync(e => e.TicketId == head.Id && e.Kind == TicketEventKind.Alerted, cancel);
        Systems = await db.Systems.AsNoTracking().OrderBy(s => s.Name).Select(s => s.Name).Take(50).ToListAsync(cancel);
        return null;
    }
}
