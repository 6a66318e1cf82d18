using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TenantPortal.Web.Tests.People;

/// <summary>Whoever reads the log cannot sign in with what stands there.</summary>
public sealed class SecretsInLogsTests(Portal portal) : IClassFixture<Portal>
{
    [Fact]
    public async Task No_link_token_password_or_code_is_logged_however_chatty_the_log_is()
    {
        await using var chatty = await portal.AnotherAsync(("Logging:LogLevel:Default", "Debug"), ("Logging:LogLevel:Microsoft", "Debug"), ("Logging:LogLevel:Microsoft.AspNetCore", "Debug"), ("Logging:Console:LogLevel:Default", "None"));
        using var kept = new Kept();
        chatty.Services.GetRequiredService<ILoggerFactory>().AddProvider(kept);
        var lin = await portal.JoinAsync(portal.World.Acorn, "Lin");
        using var browser = chatty.Browser(follow: false);
        await browser.PressAsync("/c/acorn/sign-in", "Link", ("Input.Email", lin.Email));
        var link = await portal.LinkAsync("acorn", lin.Email, "/sign-in/link?token=");
        await browser.PressAsync(link, null);
        using var second = chatty.Browser(follow: false);
        await second.PressAsync("/c/acorn/sign-in", "Forgot", ("Input.Email", lin.Email));
        var reset = await portal.LinkAsync("acorn", lin.Email, "/sign-in/password?token=");
        await second.PressAsync(reset, null, ("password", "sesame sesame sesame"));
        using var third = chatty.Browser(follow: false);
        await third.PressAsync("/c/acorn/sign-in", "Password", ("Input.Email", lin.Email), ("Input.Password", "sesame sesame wrong"));

        Assert.True(kept.Lines.Count > 100, "the log was not read");
        Assert.Contains(kept.Lines, l => l.Contains("/c/acorn/sign-in", StringComparison.Ordinal));
        foreach (var secret in new[] { Token(link), Token(reset), "sesame sesame" })
            Assert.Empty(kept.Lines.Where(l => l.Contains(secret, StringComparison.Ordinal)).Take(3));
    }

    private static string Token(string link) => link[(link.IndexOf("token=", StringComparison.Ordinal) + 6)..].Split('&')[0];

    private sealed class Kept : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception) + exception);

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public void Dispose() { }
    }
}
