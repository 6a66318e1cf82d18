using System.Globalization;
using TenantPortal.Domain.People;
using TenantPortal.Web.Infrastructure.Tenancy;

namespace TenantPortal.Web.Features.Api;

/// <summary>./portal token …</summary>
public static class TokenCommand
{
    public const string Usage = """
          token create --client SLUG | --staff KEY  --name NAME --scopes LIST [--days N]
                                       a token for a program, shown once; scopes: tickets:read,tickets:write,
                                       records:read,records:write,search; lives 90 days if not said
          token list                   every token: whose, for what, until when; never the token itself
          token revoke ID              from the next request on it no longer counts
        """;

    private const string ByName = "command line";
    private static readonly string[] Options = ["--client", "--staff", "--name", "--scopes", "--days"];

    public static Task<int> RunAsync(string[] args, CancellationToken cancel) => args switch
    {
        ["create", .. var options] => WithAsync(services => CreateAsync(services, Read(options), cancel), cancel),
        ["list"] => WithAsync(services => { List(services); return Task.CompletedTask; }, cancel),
        ["revoke", var id] when Guid.TryParse(id, out var token) => WithAsync(services => RevokeAsync(services, token, cancel), cancel),
        ["revoke", ..] => throw new InvalidOperationException("Give the token's id, as ./portal token list shows it."),
        _ => throw new InvalidOperationException($"Use one of these:\n{Usage}"),
    };

    private static async Task CreateAsync(IServiceProvider services, Dictionary<string, string> given, CancellationToken cancel)
    {
        var slug = given.GetValueOrDefault("--client");
        var key = given.GetValueOrDefault("--staff");
        var client = slug is null ? null : services.GetRequiredService<ClientDirectory>().BySlug(slug) ?? throw new InvalidOperationException($"There is no client {slug}. ./portal client list names them.");
        var member = key is null ? null : services.GetRequiredService<StaffDirectory>().ByKey(key) ?? throw new InvalidOperationException($"There is no member of staff {key}.");
        var scopes = ApiToken.Parse((given.GetValueOrDefault("--scopes") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) ?? throw new InvalidOperationException($"Name the scopes after --scopes, divided by commas: {string.Join(',', ApiToken.Each.Select(ApiToken.Word))}.");
        if (!int.TryParse(given.GetValueOrDefault("--days", "90"), NumberStyles.None, CultureInfo.InvariantCulture, out var days)) throw new InvalidOperationException("--days is a whole number.");
        var (token, refusal) = await services.GetRequiredService<MakeToken>().RunAsync(given.GetValueOrDefault("--name", ""), client, member, scopes, days, ByName, null, cancel);
        if (refusal is not null) throw new InvalidOperationException(refusal.Sentence);
        await Console.Error.WriteLineAsync("This is the only time that the token is shown. Keep it where the program reads it and nobody else does.");
        Console.WriteLine(token);
    }

    private static void List(IServiceProvider services)
    {
        var (clients, staff, now) = (services.GetRequiredService<ClientDirectory>(), services.GetRequiredService<StaffDirectory>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        foreach (var token in services.GetRequiredService<ApiTokens>().All)
            Console.WriteLine($"{token.Id}  {(token.TenantId is { } client ? clients.ById(client)?.Slug : "staff " + staff.ById(token.StaffId!.Value)?.Key),-24} {(token.RevokedAt is not null ? "taken back" : token.Holds(now) ? $"until {token.ExpiresAt:yyyy-MM-dd}" : "expired"),-17} {token.Name} ({string.Join(' ', ApiToken.Words(token.Scopes))})");
    }

    private static async Task RevokeAsync(IServiceProvider services, Guid id, CancellationToken cancel)
    {
        if (await services.GetRequiredService<MakeToken>().RevokeAsync(id, ByName, null, cancel) is { } refusal) throw new InvalidOperationException(refusal.Sentence);
        Console.WriteLine("It no longer counts.");
    }

    private static Dictionary<string, string> Read(string[] args)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!Options.Contains(args[i])) throw new InvalidOperationException($"token create does not know {args[i]}.\n{Usage}");
            if (i + 1 == args.Length || !given.TryAdd(args[i], args[i + 1])) throw new InvalidOperationException($"Give one value after {args[i]}.");
        }
        return given;
    }

    private static async Task<int> WithAsync(Func<IServiceProvider, Task> work, CancellationToken cancel)
    {
        await using var app = PortalApp.Build(["--Logging:LogLevel:Default=Warning"]);
        await PortalApp.PrepareAsync(app, cancel);
        await using var scope = app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
        return 0;
    }
}
