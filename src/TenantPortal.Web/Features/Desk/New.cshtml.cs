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

namespace TenantPortal.Web.Features.Desk;

public sealed class PhoneInput
{
    public string? Text { get; set; }
    public Impact? Impact { get; set; }
    public Urgency? Urgency { get; set; }
    public string? System { get; set; }
    public Sensitivity? Sensitivity { get; set; }
    public Guid Key { get; set; }
}

/// <summary>A ticket for a caller on the phone: find the caller, type, send. The same gate as every other door; what is missing is asked for later.</summary>
internal sealed class NewPage(PortalDb db, OpenTicket open, ClientDirectory clients, Me me, IStringLocalizer<Words> words) : PageModel
{
    public sealed record Caller(TenantId TenantId, ContactId Id, string Name, string Email, string? Phone);

    [BindProperty(SupportsGet = true, Name = "q")] public string? Query { get; set; }
    [BindProperty(SupportsGet = true, Name = "caller")] public string? CallerKey { get; set; }
    /// <summary>What was typed before anybody called a caller's name, such as into a search that found nothing.</summary>
    [BindProperty(SupportsGet = true, Name = "text")] public string? Carried { get; set; }
    [BindProperty] public PhoneInput Input { get; set; } = new();
    public IReadOnlyList<Caller> Callers { get; private set; } = [];
    public Caller? Chosen { get; private set; }
    public Client? Client { get; private set; }
    public IReadOnlyList<string> Systems { get; private set; } = [];
    /// <summary>The client's named systems, and last what is none of them: a broken keyboard is a system too.</summary>
    public IEnumerable<string> Offered => Systems.Append(words["OtherSystem"].Value);
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Input.Text = Carried;
        if (!string.IsNullOrEmpty(CallerKey)) return await ChooseAsync(cancel) ? Page() : NotFound();
        if (string.IsNullOrWhiteSpace(Query)) return Page();
        Callers = await FindAsync(Query.Trim(), cancel);
        return Callers is [var only] ? Redirect(AddressOf(only)) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await ChooseAsync(cancel)) return NotFound();
        if (string.IsNullOrWhiteSpace(Input.Text)) Problem = words["PhoneTextMissing"];
        else if (Input.Text.Length > 20_000) Problem = words["TextTooLong", Input.Text.Length];
        if (Problem is not null) return Page();
        var text = CleanText.Of(Input.Text!);
        var report = new Report
        {
            Subject = "", Text = text, Channel = Channel.Phone, Impact = Input.Impact, Urgency = Input.Urgency, Sensitivity = Input.Sensitivity,
            AffectedSystem = Offered.FirstOrDefault(s => s == Input.System),
        };
        var opened = await open.RunAsync(new() { Client = Client!.Id, ContactId = Chosen!.Id, Report = report, SubmissionKey = Input.Key, By = me.AsActor() }, cancel);
        return opened is null ? NotFound() : Redirect($"/desk/tickets/{Client.TicketPrefix}-{opened.Ticket.Number}");
    }

    public string AddressOf(Caller caller) => $"/desk/new?caller={clients.ById(caller.TenantId)!.Slug}.{caller.Id}{(string.IsNullOrEmpty(Carried) ? "" : $"&text={Uri.EscapeDataString(Carried)}")}";

    public Client ClientOf(Caller caller) => clients.ById(caller.TenantId)!;

    private Task<List<Caller>> FindAsync(string text, CancellationToken cancel)
    {
        var like = "%" + text.ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
        var digits = string.Concat(text.Where(char.IsDigit));
        var byPhone = "%" + digits + "%";
        return db.Contacts.AsNoTracking().Where(c => c.IsActive && (EF.Functions.ILike(c.Name, like) || EF.Functions.Like(c.NormalizedEmail, like) || (digits.Length >= 4 && c.Phone != null && EF.Functions.Like(c.Phone.Replace(" ", ""), byPhone))))
            .OrderBy(c => c.Name).ThenBy(c => c.Id).Take(20).Select(c => new Caller(c.TenantId, c.Id, c.Name, c.Email, c.Phone)).ToListAsync(cancel);
    }

    private async Task<bool> ChooseAsync(CancellationToken cancel)
    {
        if (CallerKey?.Split('.', 2) is not [var slug, var id] || !Guid.TryParse(id, out var contact) || clients.BySlug(slug) is not { } client) return false;
        Chosen = await db.Contacts.AsNoTracking().Where(c => c.TenantId == client.Id && c.IsActive && c.Id == new ContactId(contact)).Select(c => new Caller(c.TenantId, c.Id, c.Name, c.Email, c.Phone)).SingleOrDefaultAsync(cancel);
        if (Chosen is null) return false;
        Client = client;
        Systems = await db.Systems.AsNoTracking().Where(s => s.TenantId == client.Id).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancel);
        if (Input.Key == Guid.Empty) Input.Key = Guid.CreateVersion7();
        return true;
    }
}
