namespace TenantPortal.Domain.Search;

/// <summary>Latent semantic analysis of one snapshot (Deerwester et al., 1990), kept as its documents alone: what words say of the documents, projected on the
/// directions in which documents differ most, says which of them speak of the same without saying it in the same words.</summary>
internal sealed class LatentSpace
{
    private readonly int dimensions;
    private readonly float[] coordinates;

    /// <summary>By which a score by words becomes a cosine: one over the length of the document's row.</summary>
    private readonly float[] inward;

    /// <summary>One over the length of the document in the space.</summary>
    private readonly float[] outward;
    private readonly float[] strengths;

    internal LatentSpace(int dimensions, float[] coordinates, float[] inward, float[] outward, float[] strengths, bool isTrained) =>
        (this.dimensions, this.coordinates, this.inward, this.outward, this.strengths, IsTrained) = (dimensions, coordinates, inward, outward, strengths, isTrained);

    /// <summary>Whether the directions were found in these very documents.</summary>
    public bool IsTrained { get; }

    public int Bytes => sizeof(float) * (coordinates.Length + inward.Length + outward.Length + strengths.Length);

    /// <summary>How much the listed documents speak of what their scores by words speak of together; cosines up to one factor.</summary>
    public void Project(ReadOnlySpan<int> documents, ReadOnlySpan<float> byWords, Span<float> likeness)
    {
        Span<float> sum = stackalloc float[dimensions];
        sum.Clear();
        foreach (var document in documents) Rows.Add(byWords[document] * inward[document], Row(document), sum);
        for (var i = 0; i < documents.Length; i++) likeness[i] = Math.Max(0, Rows.Dot(Row(documents[i]), sum) * outward[documents[i]]);
    }

    /// <summary>The space after a publish: a document that stayed keeps its place, a new one is placed by its likeness to those.</summary>
    /// <param name="before">The document's number in the snapshot before, or -1.</param>
    public LatentSpace With(InvertedIndex index, int[][] termsOf, int[] before)
    {
        var count = before.Length;
        var (moved, into, outof) = (new float[count * dimensions], new float[count], new float[count]);
        for (var document = 0; document < count; document++)
        {
            if (before[document] < 0) continue;
            Row(before[document]).CopyTo(moved.AsSpan(document * dimensions, dimensions));
            (into[document], outof[document]) = (inward[before[document]], outward[before[document]]);
        }

        for (var document = 0; document < count; document++)
            if (before[document] < 0) (into[document], outof[document]) = Place(index, termsOf[document], document, before, moved, into);
        return new LatentSpace(dimensions, moved, into, outof, strengths, IsTrained && count == inward.Length && !before.Contains(-1));
    }

    private (float Inward, float Outward) Place(InvertedIndex index, int[] terms, int document, int[] before, float[] moved, float[] into)
    {
        var row = moved.AsSpan(document * dimensions, dimensions);
        float length = 0;
        foreach (var term in terms)
        {
            if (!index.IsTelling(term)) continue;
            var documents = index.Documents(term);
            var impacts = index.Impacts(term);
            var own = impacts[documents.BinarySearch(document)];
            length += own * own;
            for (var i = 0; i < documents.Length; i++)
                if (before[documents[i]] >= 0) Rows.Add(own * impacts[i] * into[documents[i]], moved.AsSpan(documents[i] * dimensions, dimensions), row);
        }

        if (length == 0) return (0, 0);
        var inverse = 1 / MathF.Sqrt(length);
        float size = 0;
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            row[dimension] = strengths[dimension] > 0 ? row[dimension] * inverse / strengths[dimension] : 0;
            size += row[dimension] * row[dimension] * strengths[dimension];
        }

        return (inverse, size > 0 ? 1 / MathF.Sqrt(size) : 0);
    }

    private ReadOnlySpan<float> Row(int document) => coordinates.AsSpan(document * dimensions, dimensions);
}
