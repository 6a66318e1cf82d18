using System.Net.ServerSentEvents;

namespace TenantPortal.Web.Tests.Live;

/// <summary>A browser's open event stream: what it hears, in order, and where it would come back from.</summary>
internal sealed class Stream : IAsyncDisposable
{
    private readonly HttpResponseMessage answer;
    private readonly IAsyncEnumerator<SseItem<string>> items;
    public string Position { get; private set; } = "";
    public HttpResponseMessage Answer => answer;

    private Stream(HttpResponseMessage answer, System.IO.Stream body, CancellationToken cancel) => (this.answer, items) = (answer, SseParser.Create(body).EnumerateAsync(cancel).GetAsyncEnumerator(cancel));

    public static async Task<Stream> OpenAsync(HttpClient browser, string address, string? since = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        if (since is not null) ask.Headers.Add("Last-Event-ID", since);
        var opened = await browser.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, cancel);
        Assert.Equal(System.Net.HttpStatusCode.OK, opened.StatusCode);
        return new(opened, await opened.Content.ReadAsStreamAsync(cancel), cancel);
    }

    /// <summary>The next words up to the first sign of life, which ends what was missed.</summary>
    public async Task<List<string>> MissedAsync()
    {
        var heard = new List<string>();
        while (await NextAsync() is { } word && word != "ping") if (word != "hello") heard.Add(word);
        return heard;
    }

    /// <summary>"ticket ACO-7", "refresh", "ping" …; null at the end.</summary>
    public async Task<string?> NextAsync()
    {
        if (!await items.MoveNextAsync()) return null;
        if (items.Current.EventId is { Length: > 0 } id) Position = id;
        return items.Current.EventType == "ticket" ? $"ticket {System.Text.Json.JsonDocument.Parse(items.Current.Data).RootElement.GetProperty("ticket").GetString()}" : items.Current.EventType;
    }

    public async Task<List<string>> UntilAsync(string last)
    {
        var heard = new List<string>();
        while (await NextAsync() is { } word)
        {
            heard.Add(word);
            if (word == last) return heard;
        }
        throw new InvalidOperationException($"The stream ended before {last}; heard {string.Join(", ", heard)}.");
    }

    public ValueTask DisposeAsync() { answer.Dispose(); return ValueTask.CompletedTask; }
}
