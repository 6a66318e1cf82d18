using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TenantPortal.Domain.Escalation;
using TenantPortal.Domain.Tickets;
using TenantPortal.Web.Infrastructure.Tenancy;
using TenantPortal.Web.Tests.Tickets;

namespace TenantPortal.Web.Tests.Escalation;

/// <summary>What a service beyond the house was sent.</summary>
public sealed record Heard(string Path, byte[] Bytes, Dictionary<string, string> Headers)
{
    public string Body => Encoding.UTF8.GetString(Bytes);
}

/// <summary>A portal that may call out to this machine, and the services that listen there.</summary>
public sealed class OutsideWorld : IAsyncLifetime
{
    public const string Secret = "s3cret", AnswerSecret = "4nswer";
    private readonly ConcurrentQueue<Heard> heard = new();
    private WebApplication outside = null!;

    public Portal Portal { get; } = new() { Settings = [("PORTAL_OUTSIDE_HOSTS", "127.0.0.0/8,localhost,*.example.com")] };
    public string Address => outside.Urls.Single();
    /// <summary>What a push service answers: 201, or 410 once the browser has gone.</summary>
    public int PushAnswer { get; set; } = StatusCodes.Status201Created;

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        outside = builder.Build();
        outside.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            heard.Enqueue(new(context.Request.Path, body.ToArray(), context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString())));
            if (context.Request.Path == "/moved") context.Response.Redirect("/slack");
            else context.Response.StatusCode = context.Request.Path == "/push" ? PushAnswer : StatusCodes.Status202Accepted;
        });
        await outside.StartAsync();
    }

    public List<Heard> HeardOf(Ticket ticket) => [.. heard.Where(h => h.Body.Contains($"ACO-{ticket.Number}", StringComparison.Ordinal))];

    public List<Heard> HeardAt(string path) => [.. heard.Where(h => h.Path == path)];

    /// <summary>One channel of each kind, and one that leads elsewhere.</summary>
    public async Task OpenChannelsAsync(HttpClient olive)
    {
        if (Portal.Services.GetRequiredService<OnCallDirectory>().Hooks.Count > 0) return;
        foreach (var kind in Enum.GetValues<HookKind>()) await AddAsync(olive, kind, $"{Address}/{kind.ToString().ToLowerInvariant()}", $"{kind}", Secret);
        await AddAsync(olive, HookKind.Slack, $"{Address}/moved", "Moved", Secret);
    }

    public static async Task<string> AddAsync(HttpClient olive, HookKind kind, string address, string name, string secret)
    {
        using var form = (await olive.PageAsync("/admin/channels")).Fill("handler=Add", ("Input.Kind", $"{kind}"), ("Input.Name", name), ("Input.Address", address), ("Input.Secret", secret), ("Input.AnswerSecret", AnswerSecret));
        using var answer = await olive.SendAsync("/admin/channels?handler=Add", form);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Desk.Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await outside.DisposeAsync();
        await Portal.DisposeAsync();
    }
}
