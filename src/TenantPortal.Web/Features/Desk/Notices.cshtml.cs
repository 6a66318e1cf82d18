using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TenantPortal.Domain.Tenancy;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Desk;

internal sealed class NoticesPage(Notices notices, ClientDirectory clients) : PageModel
{
    public IReadOnlyList<Notices.Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Rows = await notices.RunAsync(cancel);

    public async Task<IActionResult> OnPostReadAsync(CancellationToken cancel)
    {
        await notices.ReadAllAsync(cancel);
        return Redirect("/desk/notices");
    }

    public Client ClientOf(Notices.Row row) => clients.ById(row.TenantId)!;
}
