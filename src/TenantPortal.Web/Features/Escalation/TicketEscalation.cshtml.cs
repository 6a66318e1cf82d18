using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Features.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Escalation;

/// <summary>The card of a ticket's escalation, on its page and here.</summary>
public sealed record CardView(EscalationView View, string? Owner, DateTimeOffset Now, bool IsLead, bool MayAnswer);

/// <summary>What a ticket's path has done, does next and asks for; the verbs of the card, and a promised update.</summary>
internal sealed class TicketEscalationPage(PortalDb db, ReadEscalation read, ReadCard cards, AcknowledgeCall acknowledge, ChangeTicket change, EscalationTime said, ClientDirectory clients, ClientScopes scopes, Me me, TimeProvider time, IStringLocalizer<Words> words) : PageModel
{
    /// <summary>Day and minute by the client's wall clock, or an instant as the ticket's page found it in a message.</summary>
    [BindProperty] public string? At { get; set; }
    public string? Typed => Problem is null ? null : At;
    public EscalationView View { get; private set; } = null!;
    public CardView Card { get; private set; } = null!;
    public Client Client { get; private set; } = null!;
    public string? Problem { get; private set; }
    [TempData] public string? Done { get; set; }

    public string AtSaid(DateTimeOffset at) => said.At(View.Ticket, at, time.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) => await LoadAsync(reference, cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostAcknowledgeAsync(string reference, Guid id, CancellationToken cancel) =>
        DoAsync(reference, () => IsCall(id) ? acknowledge.RunAsync(Client.Id, id, me.Staff, cancel) : Gone, "Acknowledged", cancel);

    public Task<IActionResult> OnPostAcceptAsync(string reference, Guid id, CancellationToken cancel) => SettleAsync(reference, id, true, cancel);

    public Task<IActionResult> OnPostDeclineAsync(string reference, Guid id, CancellationToken cancel) => SettleAsync(reference, id, false, cancel);

    public Task<IActionResult> OnPostPromiseAsync(string reference, CancellationToken cancel) =>
        DoAsync(reference, () => Moment() is { } at ? change.RunAsync(Client.Id, View.Ticket.Id, (ticket, now) => ticket.PromiseUpdate(at, me.AsActor(), now), cancel) : Task.FromResult<Refusal?>(new(words["NoMoment"])), "Promised", cancel);

    // in the client's own scope: the letters that follow belong to it
    private Task<IActionResult> SettleAsync(string reference, Guid id, bool isAccepted, CancellationToken cancel) =>
        DoAsync(reference, () => View.Taken.Any(t => t.Id == id) ? scopes.RunAsync(Client.Id, s => s.GetRequiredService<SettleStep>().RunAsync(Client.Id, id, isAccepted, me.Staff, cancel)) : Gone, isAccepted ? "Accepted" : "Declined", cancel);

    private async Task<IActionResult> DoAsync(string reference, Func<Task<Refusal?>> work, string done, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel)) return NotFound();
        if (await work() is { } refusal)
        {
            Problem = refusal.Sentence;
            return Page();
        }
        Done = words[done];
        return Redirect($"/desk/tickets/{View.Reference}/escalation");
    }

    private Task<Refusal?> Gone => Task.FromResult<Refusal?>(new(words["StepGone"]));

    private bool IsCall(Guid id) => View.Calls.Any(c => c.Id == id);

    private DateTimeOffset? Moment() => DateTimeOffset.TryParseExact(At, "O", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var at) ? at.ToUniversalTime() : WallTime.Read(At, Client.TimeZone);

    private async Task<bool> LoadAsync(string reference, CancellationToken cancel)
    {
        if (TicketReference.Parse(reference, clients) is not var (client, number)) return false;
        if (await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.TenantId == client.Id && t.Number == number, cancel) is not { } ticket) return false;
        (Client, View) = (client, await read.RunAsync(ticket, cancel));
        Card = cards.Of(View);
        return true;
    }
}
