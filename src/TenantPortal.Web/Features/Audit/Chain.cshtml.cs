using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.Audit;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Audit;

/// <summary>One client's log, newest first; its check, and its export.</summary>
internal sealed partial class ChainPage(ReadAudit audit, ExportEvidence export, Me me, TimeProvider time) : PageModel
{
    public Client Client { get; private set; } = null!;
    public IReadOnlyList<SeenLink> Links { get; private set; } = [];
    public AuditChain? Checked { get; private set; }
    /// <summary>The number that the next page stands before.</summary>
    public long? Before => Links is [.., var last] && last.Entry.Number > 1 ? last.Entry.Number : null;

    public async Task<IActionResult> OnGetAsync(string client, long? before, bool check, CancellationToken cancel)
    {
        if (audit.BySlug(client) is not { } found) return NotFound();
        Client = found;
        if (check) Checked = await audit.CheckAsync(Client, cancel);
        Links = await audit.PageAsync(Client, before, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostExportAsync(string client, CancellationToken cancel)
    {
        if (audit.BySlug(client) is not { } found) return NotFound();
        return File(await export.RunAsync(found, me.Staff.Name, me.Staff.Id.Value, cancel), "application/zip", $"evidence-{found.Slug}-{time.GetUtcNow():yyyy-MM-dd}.zip");
    }

    public string Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(Client.TimeZone)).ToString("d MMM yyyy HH:mm", CultureInfo.CurrentCulture);

    /// <summary>"VerdictGiven" and "clause-approved" as words.</summary>
    public static string Kind(SeenLink link)
    {
        var words = Humps().Replace(link.Entry.Kind, " ${hump}").Replace('-', ' ').Trim().ToLowerInvariant();
        return words.Length == 0 ? link.Entry.Source : char.ToUpperInvariant(words[0]) + words[1..] + (link.Entry.Source == "decision" ? " (decision)" : "");
    }

    [GeneratedRegex("(?<!^)(?<hump>[A-Z])", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Humps();
}
