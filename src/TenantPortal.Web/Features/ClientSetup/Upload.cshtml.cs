using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.People;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Content;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.ClientSetup;

/// <summary>A table of people, devices or sites, uploaded or pasted: tried first, then brought in; what is refused comes back with its reason.</summary>
internal sealed class UploadPage(BringInRows rows, ClientDirectory clients, Me me) : PageModel
{
    public const int LongestText = 2_000_000;

    [BindProperty(SupportsGet = true, Name = "kind")] public UploadKind Kind { get; set; }
    [BindProperty] public string? Text { get; set; }
    public Client Client { get; private set; } = null!;
    public UploadOutcome? Outcome { get; private set; }
    public bool IsTrial { get; private set; }
    public string? Problem { get; private set; }
    public IReadOnlyList<string> Columns => UploadColumns.Of(Kind);
    public string Example => Kind switch
    {
        UploadKind.People => "name,email,phone,title,site,role",
        UploadKind.Devices => "name,kind,model,os,os_version,serial,site,person",
        UploadKind.Sites => "name,address,phone",
    };

    public IActionResult OnGet(string client) => Enter(client) ? Page() : NotFound();

    public Task<IActionResult> OnPostCheckAsync(string client, IFormFile? file, CancellationToken cancel) => RunAsync(client, file, isTrial: true, cancel);

    public Task<IActionResult> OnPostBringInAsync(string client, IFormFile? file, CancellationToken cancel) => RunAsync(client, file, isTrial: false, cancel);

    /// <summary>The rows that are not taken, as a file with the reason in front, to be put right and uploaded again.</summary>
    public async Task<IActionResult> OnPostRejectedAsync(string client, CancellationToken cancel)
    {
        if (!Enter(client)) return NotFound();
        if (await rows.RunAsync(Client, Kind, Text ?? "", isTrial: true, cancel) is not { Outcome: { } outcome }) return Page();
        var lines = outcome.Rejected.Select(r => string.Join(',', r.Cells.Select(CsvText.Cell).Concat(Enumerable.Repeat("", Math.Max(0, outcome.Header.Count - r.Cells.Count))).Append(CsvText.Cell($"line {r.Line}: {r.Why}"))));
        var text = string.Join("\r\n", lines.Prepend(string.Join(',', outcome.Header.Select(CsvText.Cell).Append("why")))) + "\r\n";
        return File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(text)).ToArray(), "text/csv; charset=utf-8", $"{Client.Slug}-{Kind.ToString().ToLowerInvariant()}-rejected.csv");
    }

    private async Task<IActionResult> RunAsync(string slug, IFormFile? file, bool isTrial, CancellationToken cancel)
    {
        if (!Enter(slug)) return NotFound();
        IsTrial = isTrial;
        if (file is { Length: > 0 } && !await ReadAsync(file, cancel)) return Page();
        if (string.IsNullOrWhiteSpace(Text)) Problem = "Choose a file, or paste the rows.";
        else if (Text.Length > LongestText) Problem = $"The table has {Text.Length} characters, and {LongestText} is the limit. Upload it in parts.";
        if (Problem is not null) return Page();
        (Outcome, var refusal) = await rows.RunAsync(Client, Kind, Text!, isTrial, cancel);
        Problem = refusal?.Sentence;
        return Page();
    }

    // what was read stands in the box, so that trying and bringing in need the file once, and nothing is lost by a refusal
    private async Task<bool> ReadAsync(IFormFile file, CancellationToken cancel)
    {
        if (file.Length > LongestText) { Problem = $"The file has {file.Length / 1024} KB, and {LongestText / 1024} is the limit. Upload it in parts."; return false; }
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        (var text, Problem) = CsvText.Decode(bytes.ToArray());
        if (text is null) return false;
        Text = text;
        ModelState.Remove(nameof(Text));
        return true;
    }

    private bool Enter(string slug)
    {
        if (!me.Has(StaffRoles.Operator | StaffRoles.ServiceLead) || clients.BySlug(slug) is not { IsMsp: false } client || !me.Staff.Serves(client.Id)) return false;
        Client = client;
        return true;
    }
}
