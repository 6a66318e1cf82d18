namespace TenantPortal.Domain.Search;

/// <summary>Finds the directions in which the documents of one snapshot differ most, by randomised subspace iteration (Halko, Martinsson, Tropp, 2011) with a fixed seed.</summary>
internal sealed class LatentTraining
{
    // the spectrum of texts falls off quickly: a fourth pass changes no ranking
    private const int Passes = 4;
    private readonly int count;
    private readonly int dimensions;
    private readonly InvertedIndex index;
    private readonly int[] telling;
    private readonly float[] inward;

    private LatentTraining(InvertedIndex index, int count)
    {
        (this.index, this.count) = (index, count);
        dimensions = Math.Min(Weights.LatentDimensions, count / Weights.DocumentsPerDimension) / Rows.Step * Rows.Step;
        telling = [.. index.TellingTerms()];
        inward = new float[count];
        foreach (var term in telling)
        {
            var documents = index.Documents(term);
            var impacts = index.Impacts(term);
            for (var i = 0; i < documents.Length; i++) inward[documents[i]] += impacts[i] * impacts[i];
        }

        for (var document = 0; document < count; document++) inward[document] = inward[document] > 0 ? 1 / MathF.Sqrt(inward[document]) : 0;
    }

    /// <summary>Null where there are too few documents to tell a subject from a coincidence.</summary>
    public static LatentSpace? Of(InvertedIndex index, int count)
    {
        var training = new LatentTraining(index, count);
        return training.dimensions == 0 ? null : training.Run();
    }

    private LatentSpace Run()
    {
        var basis = Noise();
        for (var pass = 0; pass < Passes; pass++)
        {
            basis = Multiply(basis);
            Orthonormal(basis);
        }

        var image = Multiply(basis);
        var (strengths, rotation) = Eigen.Of(Products(basis, image), dimensions);
        return Rotated(basis, strengths, rotation);
    }

    private float[] Noise()
    {
        var noise = new float[count * dimensions];
        var state = 0x9E3779B97F4A7C15UL;
        for (var i = 0; i < noise.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            noise[i] = (state >> 40) / (float)(1 << 24) - 0.5f;
        }

        return noise;
    }

    /// <summary>The rows' products with each other times a basis, term by term, so that no matrix is ever made.</summary>
    private float[] Multiply(float[] basis)
    {
        var result = new float[basis.Length];
        var sum = new float[dimensions];
        foreach (var term in telling)
        {
            var documents = index.Documents(term);
            var impacts = index.Impacts(term);
            Array.Clear(sum);
            for (var i = 0; i < documents.Length; i++) Rows.Add(impacts[i] * inward[documents[i]], basis.AsSpan(documents[i] * dimensions, dimensions), sum);
            for (var i = 0; i < documents.Length; i++) Rows.Add(impacts[i] * inward[documents[i]], sum, result.AsSpan(documents[i] * dimensions, dimensions));
        }

        return result;
    }

    /// <summary>Gram and Schmidt by way of Cholesky, twice, which is as exact as once by columns and goes along the rows.</summary>
    private void Orthonormal(float[] basis)
    {
        for (var round = 0; round < 2; round++)
        {
            var upper = Eigen.Cholesky(Products(basis, basis), dimensions);
            var row = new double[dimensions];
            for (var document = 0; document < count; document++)
            {
                var values = basis.AsSpan(document * dimensions, dimensions);
                for (var column = 0; column < dimensions; column++)
                {
                    double value = values[column];
                    for (var before = 0; before < column; before++) value -= row[before] * upper[before * dimensions + column];
                    row[column] = upper[column * dimensions + column] > 0 ? value / upper[column * dimensions + column] : 0;
                }

                for (var column = 0; column < dimensions; column++) values[column] = (float)row[column];
            }
        }
    }

    private double[] Products(float[] left, float[] right)
    {
        var sums = new float[dimensions * dimensions];
        var products = new double[sums.Length];
        for (var document = 0; document < count; document++)
        {
            var one = left.AsSpan(document * dimensions, dimensions);
            var other = right.AsSpan(document * dimensions, dimensions);
            for (var i = 0; i < dimensions; i++)
                if (one[i] != 0) Rows.Add(one[i], other, sums.AsSpan(i * dimensions, dimensions));
        }

        for (var i = 0; i < dimensions; i++)
            for (var j = 0; j < dimensions; j++) products[i * dimensions + j] = (sums[i * dimensions + j] + (double)sums[j * dimensions + i]) / 2;
        return products;
    }

    private LatentSpace Rotated(float[] basis, double[] strengths, double[] rotation)
    {
        var coordinates = new float[basis.Length];
        var outward = new float[count];
        var by = Array.ConvertAll(rotation, value => (float)value);
        for (var document = 0; document < count; document++)
        {
            var row = coordinates.AsSpan(document * dimensions, dimensions);
            for (var i = 0; i < dimensions; i++) Rows.Add(basis[document * dimensions + i], by.AsSpan(i * dimensions, dimensions), row);
            float size = 0;
            for (var i = 0; i < dimensions; i++) size += row[i] * row[i] * (float)Math.Max(0, strengths[i]);
            outward[document] = size > 1e-12f ? 1 / MathF.Sqrt(size) : 0;
        }

        return new LatentSpace(dimensions, coordinates, inward, outward, Array.ConvertAll(strengths, value => (float)Math.Max(0, value)), isTrained: true);
    }
}
