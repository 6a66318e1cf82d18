using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.Contracts;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Data;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

internal sealed class QueuePage(TicketQueue queue, ClientDirectory directory, StaffDirectory staff, Me me, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "client")] public string? ClientSlug { get; set; }
    [BindProperty(SupportsGet = true, Name = "state")] public string? State { get; set; }
    [BindProperty(SupportsGet = true, Name = "priority")] public string? PriorityText { get; set; }
    [BindProperty(SupportsGet = true, Name = "who")] public string? Who { get; set; }
    [BindProperty(SupportsGet = true, Name = "after")] public string? After { get; set; }

    public IReadOnlyList<QueueRow> Rows { get; private set; } = [];
    public QueuePlace? Next { get; private set; }
    public IReadOnlyList<Client> Clients { get; private set; } = [];
    public DateTimeOffset Now { get; private set; }
    /// <summary>The line of the desk that the reader is of; 1 has no queue of its own.</summary>
    public int OwnTier => me.Staff.Tier;
    public bool IsNarrowed => ClientSlug is { Length: > 0 } || State is { Length: > 0 } || PriorityText is { Length: > 0 } || Who is { Length: > 0 };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Clients = [.. directory.All.Where(c => !c.IsMsp && c.IsActive && me.Staff.Serves(c.Id))];
        var client = string.IsNullOrEmpty(ClientSlug) ? null : Clients.FirstOrDefault(c => c.Slug == ClientSlug);
        if (client is null && !string.IsNullOrEmpty(ClientSlug)) return NotFound();
        Now = time.GetUtcNow();
        TicketStatus? status = Enum.TryParse<TicketStatus>(State, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;
        Priority? priority = Enum.TryParse<Priority>(PriorityText, ignoreCase: true, out var level) && Enum.IsDefined(level) ? level : null;
        var rows = await queue.RunAsync(new(client, status == TicketStatus.Resolved ? null : status, priority, Who == "mine", Who == "free", Who == "tier" && OwnTier > 1 ? OwnTier : null, status == TicketStatus.Resolved, QueuePlace.Parse(After)), cancel);
        Rows = [.. rows.Take(TicketQueue.PageSize)];
        if (rows.Count > TicketQueue.PageSize) Next = new(Rows[^1].DueAt, Rows[^1].Id);
        return Page();
    }

    public Client ClientOf(QueueRow row) => directory.ById(row.TenantId)!;

    public string? AssigneeOf(QueueRow row) => row.AssigneeId is { } id ? staff.ById(id)?.FirstName : null;

    public ClockWords? ClockOf(QueueRow row) => row.IsOpen ? row.ClockAt(Now) : null;

    /// <summary>This page's address with one part of the filter changed.</summary>
    public string Address(string key, string? value)
    {
        var parts = new Dictionary<string, string?> { ["client"] = ClientSlug, ["state"] = State, ["priority"] = PriorityText, ["who"] = Who };
        parts[key] = value;
        var query = string.Join('&', parts.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length == 0 ? "/desk" : "/desk?" + query;
    }
}
