using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Web.Infrastructure;
using TenantPortal.Web.Infrastructure.Mail;

namespace TenantPortal.Web.Features.People;

internal sealed class DemoMailListPage(PortalSettings settings, DemoMails mails) : PageModel
{
    public IReadOnlyList<DemoMails.Row> Rows { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!DemoOnly.Allows(HttpContext, settings)) return NotFound();
        Rows = await mails.NewestAsync(cancel);
        return Page();
    }
}

/// <summary>One mail as text with its links, and as a mailbox would draw it.</summary>
internal sealed partial class DemoMailPage(PortalSettings settings, DemoMails mails) : PageModel
{
    // a mail brings its own styles; it runs nothing, sends nothing and stands in our page only
    private const string Drawn = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-top-navigation-by-user-activation";

    public DemoMails.Row Row { get; private set; } = null!;
    public FrozenMail Mail { get; private set; } = null!;
    /// <summary>The text cut at its links.</summary>
    public IEnumerable<string> Pieces => Links().Split(Mail.Text);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetDrawnAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel)) return NotFound();
        Response.Headers.ContentSecurityPolicy = Drawn;
        return Content(Mail.Html.Replace("<a href=", "<a target=\"_top\" href=", StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    public static bool IsLink(string piece) => piece.StartsWith("http", StringComparison.Ordinal) && Uri.IsWellFormedUriString(piece, UriKind.Absolute);

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (!DemoOnly.Allows(HttpContext, settings) || await mails.FindAsync(id, cancel) is not var (row, mail)) return false;
        (Row, Mail) = (row, mail);
        return true;
    }

    [GeneratedRegex(@"(?<link>https?://\S+)", RegexOptions.ExplicitCapture, 1000)] private static partial Regex Links();
}
