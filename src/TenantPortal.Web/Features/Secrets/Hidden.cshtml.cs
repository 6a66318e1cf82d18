using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Domain.Tickets.Secrets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Secrets;

internal sealed class HiddenPage(PortalDb db, RevealSecret reveal, UndoMask undo, ClientDirectory clients, Me me, IStringLocalizer<Words> words) : PageModel
{
    public string Reference { get; private set; } = "";
    public Client Client { get; private set; } = null!;
    public Ticket Ticket { get; private set; } = null!;
    public IReadOnlyList<TicketSecret> Secrets { get; private set; } = [];
    /// <summary>The one value that this answer shows.</summary>
    public (Guid Id, string Plain)? Shown { get; private set; }
    public (Guid Id, string Sentence)? Problem { get; private set; }
    public string? Why { get; private set; }
    [TempData] public string? Done { get; set; }

    public bool MayReveal => me.Has(StaffRoles.Engineer);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) => await LoadAsync(reference, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostRevealAsync(string reference, Guid id, string? why, CancellationToken cancel)
    {
        if (!MayReveal || !await LoadAsync(reference, cancel) || Secrets.All(s => s.Id != id)) return NotFound();
        var (plain, refusal) = await reveal.RunAsync(Ticket, id, why, cancel);
        if (refusal is not null) (Problem, Why) = ((id, refusal.Sentence), why);
        if (plain is not null) Shown = (id, plain);
        return Page();
    }

    public async Task<IActionResult> OnPostUndoAsync(string reference, Guid id, string? why, CancellationToken cancel)
    {
        if (!MayReveal || !await LoadAsync(reference, cancel) || Secrets.All(s => s.Id != id)) return NotFound();
        if (await undo.RunAsync(Ticket, id, why, cancel) is { } refusal)
        {
            (Problem, Why) = ((id, refusal.Sentence), why);
            return Page();
        }
        Done = words["Undone"];
        return Redirect($"/desk/tickets/{Reference}/secrets");
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken cancel)
    {
        if (TicketReference.Parse(reference, clients) is not { } parsed) return false;
        if (await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.TenantId == parsed.Client.Id && t.Number == parsed.Number, cancel) is not { } ticket) return false;
        (Reference, Client, Ticket) = (parsed.ToString(), parsed.Client, ticket);
        Secrets = await db.Secrets.AsNoTracking().Where(s => s.TenantId == ticket.TenantId && s.TicketId == ticket.Id).OrderBy(s => s.At).ThenBy(s => s.Id).Take(200).ToListAsync(cancel);
        return true;
    }

    public string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(Client.TimeZone)).ToString("d MMM yyyy HH:mm", System.Globalization.CultureInfo.CurrentCulture);
}
